import WebStandards

/// Lists as data sets write them into one field: `Action, Drama`, `['Action', "A's"]`, `["Action"]`, `Action|Drama`.
enum ListText {
    /// The elements, without empty ones and those that stand for nothing.
    static func elements(of text: String) -> [String] {
        let text = text.trimmed
        let elements: [String]
        if text.hasPrefix("["), text.hasSuffix("]") {
            let json = (try? JSONValue(parsing: text, maximumDepth: 4))?.arrayValue
            elements = json.map { $0.compactMap { $0.stringValue ?? $0["name"]?.stringValue } } ?? python(text)
        } else {
            elements = text.split(separator: text.contains("|") ? "|" : ",").map(String.init)
        }
        return elements.map(\.trimmed).filter { Placeholder.removed($0) != nil }
    }

    /// The texts of a list as Python writes it; what stands outside quotes is passed over.
    private static func python(_ text: String) -> [String] {
        var (elements, element, quote, isEscaped) = ([String](), "", Character?.none, false)
        for character in text.dropFirst().dropLast() {
            if let open = quote {
                if isEscaped {
                    element.append(character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    elements.append(element)
                    (element, quote) = ("", nil)
                } else {
                    element.append(character)
                }
            } else if character == "'" || character == "\"" {
                quote = character
            }
        }
        return elements
    }

    /// The pairs of a dictionary of texts as Python writes it: `{'Overall': '8'}`.
    static func pairs(of text: String) -> [String: String] {
        let texts = python(text.trimmed)
        let pairs = stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0].lowercased(), texts[$0 + 1]) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

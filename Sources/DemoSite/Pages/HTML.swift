/// A piece of markup: literals are taken as they are, interpolated strings are escaped.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral value: String) { text = value }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// Markup that is escaped already.
    init(markup: String) { text = markup }

    struct Interpolation: StringInterpolationProtocol {
        var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ value: String) { HTML.escape(value, into: &text) }

        mutating func appendInterpolation(_ value: Int) { text += String(value) }

        mutating func appendInterpolation(_ value: HTML) { text += value.text }

        /// Markup for each element, one after the other.
        mutating func appendInterpolation<Elements: Sequence>(
            each elements: Elements, separator: String = "", _ render: (Elements.Element) -> HTML
        ) {
            var isFirst = true
            for element in elements {
                if !isFirst { text += separator }
                isFirst = false
                text += render(element).text
            }
        }

        /// Markup only when a condition holds.
        mutating func appendInterpolation(if condition: Bool, _ markup: @autoclosure () -> HTML) {
            if condition { text += markup().text }
        }

        /// Markup only when there is a value.
        mutating func appendInterpolation<Value>(with value: Value?, _ render: (Value) -> HTML) {
            if let value { text += render(value).text }
        }
    }

    /// Escapes the five characters that mean something in markup, with the references the real site uses.
    private static func escape(_ value: String, into text: inout String) {
        guard value.utf8.contains(where: isSpecial) else {
            text += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#039;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }

    /// Paragraphs of a text, divided by two line breaks.
    static func paragraphs(_ value: String) -> HTML {
        var parts: [HTML] = []
        var rest = Substring(value)
        while let gap = rest.utf8.firstRange(ofEmptyLine: ()) {
            parts.append("\(String(rest[..<gap.lowerBound]))")
            rest = rest[gap.upperBound...]
        }
        parts.append("\(String(rest))")
        return "\(each: parts, separator: "<br />\n<br />\n", { $0 })"
    }
}

extension Substring.UTF8View {
    /// Where two line feeds follow each other.
    fileprivate func firstRange(ofEmptyLine: Void) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            let next = self.index(after: index)
            if next < endIndex, self[index] == 0x0A, self[next] == 0x0A { return index..<self.index(after: next) }
            index = next
        }
        return nil
    }
}

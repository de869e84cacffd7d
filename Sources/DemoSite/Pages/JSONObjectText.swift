/// Writes one JSON object as PHP's `json_encode` does: slashes and everything beyond ASCII are escaped.
struct JSONObjectText {
    private var body = ""

    var text: String { "{" + body + "}" }

    mutating func add(raw key: String, _ value: String) {
        if !body.isEmpty { body += "," }
        body += "\"\(key)\":\(value)"
    }

    mutating func add(_ key: String, _ value: Int) { add(raw: key, String(value)) }

    mutating func add(_ key: String, _ value: String?) { add(raw: key, value.map(Self.quoted) ?? "null") }

    /// A number when the text looks like one, else a string.
    mutating func add(loose key: String, _ value: String) {
        let isNumber = !value.isEmpty && value.utf8.count < 10 && value.utf8.allSatisfy { (48...57).contains($0) }
        add(raw: key, isNumber && value.utf8.first != 48 ? value : Self.quoted(value))
    }

    static func quoted(_ value: String) -> String {
        var text = "\""
        for unit in value.utf16 {
            switch unit {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x2F: text += "\\/"
            case 0x0A: text += "\\n"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default: text += "\\u" + hex(unit)
            }
        }
        return text + "\""
    }

    private static func hex(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}

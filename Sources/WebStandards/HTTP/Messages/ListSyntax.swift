/// Fields that are lists: members between commas, where a comma inside a quoted string is none.
///
/// Source: RFC 9110, sections 5.6.1 and 5.6.4.
enum ListSyntax {
    /// The members of one line, without white space around them and without empty ones.
    static func members(_ line: String) -> [String] {
        split(line, at: UInt8(ascii: ",")).filter { !$0.isEmpty }
    }

    /// A member's name and, behind the first `=` outside of quotes, its value; white space next to the `=` is no part of either.
    static func parameter(_ member: String) -> (name: String, value: String?) {
        let parts = split(member, at: UInt8(ascii: "="), most: 1)
        return (parts[0], parts.count > 1 ? parts[1] : nil)
    }

    /// What a quoted string says; any other text as it is.
    static func unquoted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return text }
        var result: [UInt8] = []
        var isEscaped = false
        for byte in bytes[1..<(bytes.count - 1)] {
            if !isEscaped, byte == backslash {
                isEscaped = true
            } else {
                result.append(byte)
                isEscaped = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    private static func split(_ line: String, at separator: UInt8, most: Int = .max) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var (isQuoted, isEscaped) = (false, false)
        for byte in line.utf8 {
            if byte == separator, !isQuoted, parts.count < most {
                parts.append(trimmed(part))
                part = []
                continue
            }
            part.append(byte)
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == backslash {
                isEscaped = true
            } else if byte == quote {
                isQuoted.toggle()
            }
        }
        return parts + [trimmed(part)]
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: bytes[start...end], as: UTF8.self)
    }
}

/// Reads the `charset` of a `Content-Type` header.
enum HeaderCharset {
    /// The first known encoding among the header's `charset` parameters; headers joined by a comma count as one.
    ///
    /// Source: MIME Sniffing Standard, section 4.4, "Parsing a MIME type"; RFC 9110, section 8.3.
    static func encoding(_ header: String) -> CharacterEncoding? {
        var rest = header.utf8[...]
        skipUntilSeparator(&rest)
        while let separator = rest.popFirst() {
            rest = rest.drop(while: \.isASCIIWhitespace)
            let name = rest.prefix { $0 != UInt8(ascii: "=") && !isSeparator($0) }
            rest = rest.dropFirst(name.count)
            guard separator == UInt8(ascii: ";"), rest.first == UInt8(ascii: "=") else {
                skipUntilSeparator(&rest)
                continue
            }
            rest = rest.dropFirst()
            let value = parameterValue(&rest)
            guard String(Substring(name)).asciiLowercased == "charset" else { continue }
            if let encoding = CharacterEncoding(label: value) { return encoding }
        }
        return nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") }

    private static func skipUntilSeparator(_ rest: inout Substring.UTF8View) {
        rest = rest.drop { !isSeparator($0) }
    }

    private static func parameterValue(_ rest: inout Substring.UTF8View) -> String {
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { !isSeparator($0) }
            rest = rest.dropFirst(value.count)
            return String(Substring(value))
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                value.append(byte)
                continue
            }
            value.append(escaped)
        }
        skipUntilSeparator(&rest)
        return String(decoding: value, as: UTF8.self)
    }
}

import Mustache

/// Text as it may stand in an element or a quoted attribute.
///
/// The template engine's own way replaces characters; a quotation mark with a combining mark behind it is one character and another one than
/// the quotation mark, and would end an attribute. So bytes are replaced.
struct HTMLText: MustacheContentType {
    /// How templates ask for text that is shown.
    static let name = "PAGE"
    /// How they ask for text that a form sends back, which has to be what it was.
    static let fieldName = "FIELD"

    /// Makes both known to the template engine, once.
    static let isRegistered: Bool = {
        MustacheContentTypes.register(HTMLText(isShown: true), named: name)
        MustacheContentTypes.register(HTMLText(isShown: false), named: fieldName)
        return true
    }()

    /// A template whose text is escaped so: values of fields as such, all else as what is shown.
    static func template(_ text: String) -> String {
        "{{% CONTENT_TYPE: \(name)}}"
            + text.replacing(#/value="(\{\{[\w.]+\}\})"/#) { match in
                "value=\"{{% CONTENT_TYPE: \(fieldName)}}\(match.1){{% CONTENT_TYPE: \(name)}}\""
            }
    }

    /// Whether it is to be read: then it has no marks that turn the direction of what follows, and no control characters.
    let isShown: Bool

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == Self.markLead || replacement(for: $0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if isShown, byte == Self.markLead, Self.isMark(rest.prefix(3)) {
                bytes += Self.replacementCharacter
                rest = rest.dropFirst(3)
                continue
            }
            if let replacement = replacement(for: byte) { bytes += replacement } else { bytes.append(byte) }
            rest = rest.dropFirst()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first byte of the marks of direction in UTF-8.
    private static let markLead: UInt8 = 0xE2
    private static let replacementCharacter = Array("\u{FFFD}".utf8)

    /// U+202A to U+202E and U+2066 to U+2069 (UAX #9, section 2).
    private static func isMark(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 3, let last = bytes.last else { return false }
        switch bytes[bytes.startIndex + 1] {
        case 0x80: return (0xAA...0xAE).contains(last)
        case 0x81: return (0xA6...0xA9).contains(last)
        default: return false
        }
    }

    private func replacement(for byte: UInt8) -> [UInt8]? {
        switch byte {
        case UInt8(ascii: "<"): Array("&lt;".utf8)
        case UInt8(ascii: ">"): Array("&gt;".utf8)
        case UInt8(ascii: "&"): Array("&amp;".utf8)
        case UInt8(ascii: "\""): Array("&quot;".utf8)
        case UInt8(ascii: "'"): Array("&#39;".utf8)
        // Nothing that HTML may hold; browsers would show a mark of error.
        case 0: Self.replacementCharacter
        case 0x09, 0x0A, 0x0D: nil
        case 0x01..<0x20: isShown ? Self.replacementCharacter : nil
        default: nil
        }
    }
}

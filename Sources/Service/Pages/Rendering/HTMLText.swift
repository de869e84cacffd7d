import Mustache

/// Text as it may stand in an element or a quoted attribute.
///
/// The template engine's own way replaces characters; a quotation mark with a combining mark behind it is one character and another one than
/// the quotation mark, and would end an attribute. So bytes are replaced.
struct HTMLText: MustacheContentType {
    /// How templates ask for it.
    static let name = "PAGE"

    /// Makes it known to the template engine, once.
    static let isRegistered: Bool = {
        MustacheContentTypes.register(HTMLText(), named: name)
        return true
    }()

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.replacement(for: $0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if let replacement = Self.replacement(for: byte) {
                bytes += Array(replacement.utf8)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func replacement(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        // Nothing that HTML may hold; browsers would show a mark of error.
        case 0: "\u{FFFD}"
        default: nil
        }
    }
}

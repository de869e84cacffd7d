/// A name for one state of a page, given by its server.
///
/// Source: RFC 9110, section 8.8.3.
public struct EntityTag: Sendable, Hashable {
    /// Longer ones are not kept: they would be sent with every request.
    public static let maximumBytes = 1_024

    /// As the server wrote it; quotes are missing where the server forgot them.
    public let text: String

    /// Reads a field's value; nil for one that is empty, too long, or holds what cannot be sent back.
    public init?(_ text: String) {
        let isSendable = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        guard !text.isEmpty, text != "*", text.utf8.count <= Self.maximumBytes, isSendable else { return nil }
        self.text = text
    }

    /// Whether the page may differ a little under the same tag.
    public var isWeak: Bool { text.hasPrefix("W/") }

    /// The tag without its mark of weakness.
    private var opaque: Substring { isWeak ? text.dropFirst(2) : text[...] }

    /// Whether both name the same state, or nearly (the weak comparison, which `If-None-Match` asks for).
    public func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }
}

import CrawlDomain

/// A piece of a version's part, as its writer knows it.
public enum IndexChunk: Sendable, Equatable {
    /// Its bytes, which may be stored already.
    case bytes([UInt8])
    /// The hash of a piece that is stored: one of the version before, or one that was written for this one.
    case stored(String)

    /// What it is stored under.
    public var hash: String {
        switch self {
        case .bytes(let bytes): Self.hash(of: bytes)
        case .stored(let hash): hash
        }
    }

    /// What bytes are stored under.
    public static func hash(of bytes: [UInt8]) -> String { ContentHash(ofBytes: bytes).hex }
}

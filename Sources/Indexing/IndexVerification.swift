/// How the published index compares with one that is computed from the collections alone.
public struct IndexVerification: Sendable {
    /// One part.
    public struct Part: Sendable {
        /// As versions call it: "gram", "weights" …
        public let name: String
        /// What it is worked out from.
        public let source: Source
        /// SHA-256 over what is published, or would be with the changes since; first 128 bits as hex digits.
        public let published: String
        /// The same of what was worked out anew; nil for what cannot be.
        public let rebuilt: String?

        /// Whether both are the same bytes; nil for what cannot be compared.
        public var isEqual: Bool? { rebuilt.map { $0 == published } }
    }

    /// What a part is a function of.
    public enum Source: String, Sendable {
        /// Of the collections, and of the numbers that anime and entries were given in the order of their first sight.
        case collections
        /// Of the other parts.
        case parts
        /// Of the descriptions at the time when it was fitted.
        case history
    }

    /// The version.
    public let version: Int
    /// Up to which change both were brought.
    public let change: Int
    /// All parts, by name.
    public let parts: [Part]
    /// A number of the matrix that does not depend on how anime are numbered.
    public let gramDigest: UInt64

    /// Names of the parts that differ, but for what depends on history.
    public var different: [String] { parts.filter { $0.source != .history && $0.isEqual == false }.map(\.name) }
}

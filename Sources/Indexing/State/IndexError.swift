/// Why the index cannot be used or built.
public struct IndexError: Error, Sendable, CustomStringConvertible {
    /// Bounded, so it can label a metric.
    public enum Code: String, Sendable {
        case notBuilt = "not_built"
        case corruptPart = "corrupt_part"
        case unknownTitle = "unknown_title"
        case missingDictionary = "missing_dictionary"
    }

    /// The bounded kind of error.
    public let code: Code
    /// What is wrong and what to do about it.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    static func corrupt(_ part: String) -> IndexError {
        IndexError(.corruptPart, "the index's part '\(part)' cannot be read; run `animematcher index build`")
    }
}

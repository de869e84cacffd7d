/// Why the recommender refused its input.
public struct RecommenderError: Error, Hashable, CustomStringConvertible {
    /// Bounded and free of values, so it can label a metric.
    public enum Code: String, Sendable, CaseIterable {
        /// Bytes that our own encoder cannot have written.
        case corruptBytes
        /// Bytes of a format version that this build does not know.
        case unknownFormat
        /// An item index outside the matrix.
        case itemOutOfRange
    }

    /// What went wrong.
    public let code: Code
    /// Where, and what was expected, for the log.
    public let detail: String

    /// Makes an error.
    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// The code and the detail.
    public var description: String { "\(code.rawValue): \(detail)" }
}

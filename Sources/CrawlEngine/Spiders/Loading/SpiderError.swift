/// A spider cannot be used; says everything that is wrong with its file, not only the first thing.
public struct SpiderError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Bounded and free of values.
    public enum Code: String, Sendable, Hashable {
        /// There is no file for the site.
        case notFound
        /// The file has mistakes.
        case invalid
    }

    /// What kind of error it is.
    public let code: Code
    /// At least one, by file and place.
    public let mistakes: [YAMLMistake]

    /// Makes an error of mistakes in any order.
    public init(_ code: Code, _ mistakes: [YAMLMistake]) {
        self.code = code
        self.mistakes = Array(Set(mistakes)).sorted()
    }

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

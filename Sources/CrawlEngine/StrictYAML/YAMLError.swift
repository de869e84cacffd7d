/// A YAML file cannot be used; says everything that is wrong with it, not only the first thing.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// At least one, by file and place.
    public let mistakes: [YAMLMistake]

    /// Makes an error of mistakes in any order.
    public init(_ mistakes: [YAMLMistake]) {
        self.mistakes = Array(Set(mistakes)).sorted()
    }

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

/// One mistake in a file somebody wrote, with the place to look at: "Spiders/x.yaml:12:5: unknown key 'tittle'".
public struct YAMLMistake: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as it was named by who asked for it.
    public let file: String
    /// Counted from 1; 0 when the mistake is about the file as a whole.
    public let line: Int
    /// Counted from 1 in Unicode scalars.
    public let column: Int
    /// What is wrong and what is expected.
    public let message: String

    /// Makes a mistake.
    public init(file: String, line: Int = 0, column: Int = 0, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    public var description: String {
        line > 0 ? "\(file):\(line):\(column): \(message)" : "\(file): \(message)"
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.column, left.message) < (right.file, right.line, right.column, right.message)
    }
}

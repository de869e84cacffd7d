/// Where a rule stands in a spider's file: "Spiders/x.yaml:12:5".
public struct RulePlace: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as it was named by who asked for it.
    public let file: String
    /// Counted from 1.
    public let line: Int
    /// Counted from 1 in Unicode scalars.
    public let column: Int

    init(_ node: YAMLNode) {
        (file, line, column) = (node.file.name, node.line, node.column)
    }

    public var description: String { "\(file):\(line):\(column)" }

    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

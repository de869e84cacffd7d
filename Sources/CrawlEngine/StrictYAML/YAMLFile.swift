import Yams

/// A YAML file being read: its nodes, and every mistake met on the way.
///
/// Reading goes on after a mistake, so that its author sees all of them at once; `finish` throws them. A file belongs to the
/// task that reads it.
public final class YAMLFile {
    /// How the file is called in messages.
    public let name: String
    /// What was wrong so far, in the order it was met.
    public private(set) var mistakes: [YAMLMistake] = []
    private let content: Node

    /// Reads a file.
    ///
    /// - Throws: When it is no UTF-8, no YAML, too large, or repeats a key; then nothing of it can be read.
    public init(name: String, bytes: [UInt8], limits: YAMLLimits = .init()) throws(YAMLError) {
        self.name = name
        guard bytes.count <= limits.maximumBytes else {
            throw Self.refusal(name, "the file has \(bytes.count) bytes; at most \(limits.maximumBytes) are read")
        }
        // Some editors put a byte order mark first, which is no part of the text (RFC 3629, section 6).
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw Self.refusal(name, "the file is not UTF-8")
        }
        do {
            self.content = try Yams.compose(yaml: text) ?? Node([(Node, Node)]())
        } catch {
            throw YAMLError([YAMLMistake(error, file: name)])
        }
        var budget = limits.maximumNodes
        guard Self.fits(self.content, depth: limits.maximumDepth, budget: &budget) else {
            throw Self.refusal(
                name, "more than \(limits.maximumNodes) values or \(limits.maximumDepth) levels, aliases filled in")
        }
    }

    /// The outermost value.
    public var root: YAMLNode { YAMLNode(file: self, content: content) }

    /// Notes a mistake; reading goes on.
    public func report(_ message: String, line: Int, column: Int) {
        mistakes.append(YAMLMistake(file: name, line: line, column: column, message: message))
    }

    /// What would be reported; nothing of it is.
    func attempt(_ body: () -> Void) -> [YAMLMistake] {
        let count = mistakes.count
        body()
        defer { mistakes.removeLast(mistakes.count - count) }
        return Array(mistakes[count...])
    }

    /// Ends reading.
    ///
    /// - Throws: All mistakes, when there are any.
    public func finish() throws(YAMLError) {
        if !mistakes.isEmpty { throw YAMLError(mistakes) }
    }

    private static func refusal(_ name: String, _ message: String) -> YAMLError {
        YAMLError([YAMLMistake(file: name, message: message)])
    }

    /// Counts down to zero and stops, so that the walk itself stays small whatever the aliases stand for.
    private static func fits(_ node: Node, depth: Int, budget: inout Int) -> Bool {
        budget -= 1
        guard budget > 0, depth > 0 else { return false }
        switch node {
        case .scalar, .alias: return true
        case .sequence(let list): return list.allSatisfy { fits($0, depth: depth - 1, budget: &budget) }
        case .mapping(let map):
            return map.allSatisfy {
                fits($0.key, depth: depth - 1, budget: &budget) && fits($0.value, depth: depth - 1, budget: &budget)
            }
        }
    }
}

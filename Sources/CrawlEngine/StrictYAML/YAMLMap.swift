/// A map of a YAML file whose keys are taken one by one; what nobody took is a mistake.
///
/// Whoever reads a map asks for every key it may have and then calls `close`: the keys asked for are the keys allowed.
public final class YAMLMap {
    /// One key with its value.
    public struct Entry {
        /// The key as written.
        public let key: String
        /// The key, to report mistakes at.
        public let keyNode: YAMLNode
        /// What stands behind the key.
        public let value: YAMLNode
    }

    /// The map itself, to report mistakes at.
    public let node: YAMLNode
    /// All entries in the order of the file.
    public let entries: [Entry]
    private var asked: [String] = []

    init(node: YAMLNode, entries: [Entry]) {
        self.node = node
        self.entries = entries
    }

    /// The keys in the order of the file.
    public var keys: [String] { entries.map(\.key) }

    /// Whether a key is there, without asking for it.
    public func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

    /// The value of a key that may be left out.
    public func take(_ key: String) -> YAMLNode? {
        if !asked.contains(key) { asked.append(key) }
        return entries.first { $0.key == key }?.value
    }

    /// The value of a key that must be there.
    public func require(_ key: String) -> YAMLNode? {
        let value = take(key)
        if value == nil { node.report("the key '\(key)' is missing") }
        return value
    }

    /// Ends reading: every key that nobody asked for is a mistake.
    public func close() {
        for entry in entries where !asked.contains(entry.key) {
            entry.keyNode.report(Spelling.message("unknown key", entry.key, expected: asked))
        }
    }
}

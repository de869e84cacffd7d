import WebStandards

/// Something on a fixture page that is not read as expected.
public struct PageDifference: Sendable, Hashable {
    /// What differs: `page`, `links[3]`, `entry myanimelist:5 related[0].title`.
    public let field: String
    /// What `expected.jsonl` says, as JSON; nil for nothing.
    public let expected: String?
    /// What is read now, as JSON; nil for nothing.
    public let found: String?
    /// The rule that reads it.
    public let rule: RulePlace?

    init(_ field: String, expected: JSONValue?, found: JSONValue?, rule: RulePlace? = nil) {
        self.field = field
        self.expected = expected?.serialized()
        self.found = found?.serialized()
        self.rule = rule
    }
}

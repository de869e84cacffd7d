/// What goes wrong, and when. The first rule that applies to a request wins.
public struct Behaviour: Sendable, Hashable {
    /// The rules, in order.
    public var rules: [BehaviourRule]
    /// Decides which paths a share of them is.
    public var seed: UInt64

    /// Nothing goes wrong unless rules are given.
    public init(rules: [BehaviourRule] = [], seed: UInt64 = 1) {
        self.rules = rules
        self.seed = seed
    }

    /// Rules as text, one per line or divided by ";": a fault, then `key=value` pairs.
    ///
    /// ```
    /// 503 retry-after=2 every=7 path=/anime/*
    /// delay ms=200 share=10; truncate first=1 path=/topanime.php
    /// ```
    ///
    /// - Throws: `.badBehaviour` with the rule and the expected form.
    public init(parsing text: String, seed: UInt64 = 1) throws(DemoSiteError) {
        var rules: [BehaviourRule] = []
        for line in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) where !line.allSatisfy(\.isWhitespace) {
            rules.append(try BehaviourRule(parsing: String(line)))
        }
        self.init(rules: rules, seed: seed)
    }
}

import WebStandards

/// What must hold for a rule to apply.
indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    /// HTTP status in one of the ranges.
    case status([ClosedRange<Int>])
    /// The page's title contains one of the texts.
    case title([String])
    /// The page contains one of the texts, mark-up included.
    case body([String])
    /// What is found passes a test.
    case value(FieldAlternative, ValueTest)
}

/// A test of values.
enum ValueTest: Sendable {
    /// There is a value, and it is neither false, empty nor null.
    case exists
    /// One value is one of these.
    case equals([String])
    case contains([String])
    case starts([String])
    case matches(Pattern)
    /// There are so many values.
    case atLeast(Int)

    func holds(_ values: [JSONValue]) -> Bool {
        func some(_ isRight: (String) -> Bool) -> Bool { values.contains { NumberText.text($0).map(isRight) ?? false } }
        switch self {
        case .exists: return values.contains { !$0.isBlank && $0 != .bool(false) }
        case .equals(let texts): return some { texts.contains($0) }
        case .contains(let texts): return some { value in texts.contains { value.contains($0) } }
        case .starts(let texts): return some { value in texts.contains { value.hasPrefix($0) } }
        case .matches(let pattern): return some { pattern.firstMatch(in: $0) != nil }
        case .atLeast(let count): return values.count >= count
        }
    }
}

extension JSONValue {
    /// Whether it says nothing: null, or an empty text, list or object.
    var isBlank: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let values): values.isEmpty
        case .object(let object): object.isEmpty
        default: false
        }
    }
}

/// Reads a regular expression by recursive descent.
struct PatternParser {
    /// What `(?ims)` at the start asked for.
    struct Options: Sendable, Hashable {
        var ignoresCase = false
        var dotMatchesNewline = false
        var anchorsMatchLines = false
    }

    static let maximumLength = 2_000
    static let maximumDepth = 32
    static let maximumRepeat = 1_000

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private(set) var groups = 0
    private(set) var options = Options()

    init(_ source: String) throws(PatternError) {
        scalars = Array(source.unicodeScalars)
        guard scalars.count <= Self.maximumLength else {
            throw PatternError(offset: Self.maximumLength, message: "longer than \(Self.maximumLength) characters")
        }
    }

    mutating func parse() throws(PatternError) -> PatternSyntax {
        try parseOptions()
        let syntax = try alternatives()
        guard position == scalars.count else { throw error("unexpected ')'") }
        return syntax
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func error(_ message: String) -> PatternError { PatternError(offset: position, message: message) }

    private mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func parseOptions() throws(PatternError) {
        guard scalars.starts(with: "(?".unicodeScalars), scalars.count > 2, "ims".unicodeScalars.contains(scalars[2])
        else {
            return
        }
        position = 2
        while !take(")") {
            switch next {
            case "i": options.ignoresCase = true
            case "s": options.dotMatchesNewline = true
            case "m": options.anchorsMatchLines = true
            default: throw error("expected options i, m or s and ')'")
            }
            position += 1
        }
    }

    private mutating func alternatives() throws(PatternError) -> PatternSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw error("groups nest deeper than \(Self.maximumDepth)") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternSyntax {
        var parts: [PatternSyntax] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let part = try atom()
            parts.append(try repeated(part))
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom() throws(PatternError) -> PatternSyntax {
        guard let scalar = next else { throw error("unexpected end") }
        switch scalar {
        case "(": return try group()
        case "[": return .set(try scalarClass())
        case "*", "+", "?":
            throw error("nothing to repeat before '\(scalar)'; write '\\\(scalar)' for the character itself")
        default: break
        }
        position += 1
        switch scalar {
        case ".": return .any
        case "^": return .start
        case "$": return .end
        case "\\": return try escape()
        default: return .scalar(scalar)
        }
    }

    private mutating func group() throws(PatternError) -> PatternSyntax {
        position += 1
        var number: Int?
        if take("?") {
            guard take(":") else { throw error("only (?:…) is supported here; options stand at the start: (?i)") }
        } else {
            groups += 1
            number = groups
        }
        let inner = try alternatives()
        guard take(")") else { throw error("expected ')'") }
        return .group(number, inner)
    }

    private mutating func escape() throws(PatternError) -> PatternSyntax {
        switch next {
        case "b": position += 1; return .wordBoundary(true)
        case "B": position += 1; return .wordBoundary(false)
        default: break
        }
        if let named = try namedSet() { return .set(ScalarSet(named: [named])) }
        return .scalar(try escapedScalar())
    }

    private mutating func namedSet() throws(PatternError) -> ScalarSet.Named? {
        let named: ScalarSet.Named
        switch next {
        case "d": named = .digit
        case "D": named = .notDigit
        case "w": named = .word
        case "W": named = .notWord
        case "s": named = .space
        case "S": named = .notSpace
        default: return nil
        }
        position += 1
        return named
    }

    private mutating func escapedScalar() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = next else { throw error("unexpected end after '\\'") }
        position += 1
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case _ where scalar.isWord: throw PatternError(offset: position - 2, message: "unknown escape '\\\(scalar)'")
        default: return scalar
        }
    }

    private mutating func scalarClass() throws(PatternError) -> ScalarSet {
        position += 1
        var set = ScalarSet(isNegated: take("^"))
        var isFirst = true
        while isFirst || next != "]" {
            isFirst = false
            guard next != nil else { throw error("expected ']'") }
            guard let low = try classMember(&set) else { continue }
            var high = low
            if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                guard let end = try classMember(&set), end >= low else { throw error("expected the end of a range") }
                high = end
            }
            set.ranges.append(low.value...high.value)
        }
        position += 1
        return set
    }

    /// One character of a class; nil when it was a named set, which is added.
    private mutating func classMember(_ set: inout ScalarSet) throws(PatternError) -> Unicode.Scalar? {
        guard take("\\") else {
            defer { position += 1 }
            return next
        }
        if let named = try namedSet() {
            set.named.append(named)
            return nil
        }
        return try escapedScalar()
    }

    private mutating func repeated(_ part: PatternSyntax) throws(PatternError) -> PatternSyntax {
        let range: ClosedRange<Int>
        if take("*") {
            range = 0...Int.max
        } else if take("+") {
            range = 1...Int.max
        } else if take("?") {
            range = 0...1
        } else if next == "{" {
            range = try counts()
        } else {
            return part
        }
        let isLazy = take("?")
        if let scalar = next, "*+?{".unicodeScalars.contains(scalar) {
            throw error("a repetition is repeated; put it in a group")
        }
        return .repeated(part, range, isLazy: isLazy)
    }

    private mutating func counts() throws(PatternError) -> ClosedRange<Int> {
        position += 1
        guard let low = number() else {
            throw error("expected {n}, {n,} or {n,m}; write '\\{' for the character itself")
        }
        var high = low
        if take(",") { high = number() ?? Int.max }
        guard take("}") else { throw error("expected '}'") }
        guard low <= high, low <= Self.maximumRepeat, high == Int.max || high <= Self.maximumRepeat else {
            throw error("expected n ≤ m ≤ \(Self.maximumRepeat)")
        }
        return low...high
    }

    private mutating func number() -> Int? {
        let start = position
        while let scalar = next, scalar.isASCIIDigit, position - start < 6 { position += 1 }
        return Int(String(String.UnicodeScalarView(scalars[start..<position])))
    }
}

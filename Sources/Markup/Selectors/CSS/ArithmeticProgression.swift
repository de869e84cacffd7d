/// The positions `a·n + b` for n = 0, 1, 2, …, counted from 1, as `2n+1` in `:nth-child(2n+1)`.
///
/// Source: CSS Syntax Module Level 3, section 6, "The An+B microsyntax".
struct ArithmeticProgression: Hashable {
    var step: Int
    var start: Int

    init(step: Int, start: Int) {
        self.step = step
        self.start = start
    }

    /// Reads `odd`, `even`, `5`, `-n+3`, `2n + 1`; nil for anything else.
    init?(_ text: String) {
        let trimmed = text.asciiLowercased.drop(while: \.isASCIIWhitespace)
        let end = trimmed.lastIndex { !$0.isASCIIWhitespace }.map(trimmed.index(after:)) ?? trimmed.startIndex
        let body = trimmed[..<end]
        switch body {
        case "odd": self.init(step: 2, start: 1)
        case "even": self.init(step: 2, start: 0)
        default: self.init(anPlusB: body)
        }
    }

    private init?(anPlusB body: Substring) {
        guard let n = body.firstIndex(of: "n") else {
            guard let start = Self.integer(body) else { return nil }
            self.init(step: 0, start: start)
            return
        }
        let before = body[..<n]
        let after = body[body.index(after: n)...].filter { !$0.isASCIIWhitespace }
        let step = before.isEmpty || before == "+" ? 1 : before == "-" ? -1 : Self.integer(before)
        let start = after.isEmpty ? 0 : after.first == "+" || after.first == "-" ? Self.integer(after[...]) : nil
        guard let step, let start else { return nil }
        self.init(step: step, start: start)
    }

    private static func integer(_ digits: Substring) -> Int? {
        // Beyond any document, and far from overflow.
        guard let value = Int(digits), abs(value) < 1 << 30 else { return nil }
        return value
    }
}

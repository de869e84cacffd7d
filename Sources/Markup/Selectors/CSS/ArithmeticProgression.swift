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
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var body = text[...]
        while body.first?.isASCIIWhitespace ?? false { body.removeFirst() }
        while body.last?.isASCIIWhitespace ?? false { body.removeLast() }
        if Self.isEqual(body, "odd") {
            self.init(step: 2, start: 1)
        } else if Self.isEqual(body, "even") {
            self.init(step: 2, start: 0)
        } else {
            self.init(anPlusB: body)
        }
    }

    private typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    private static func isEqual(_ text: Text, _ word: StaticString) -> Bool {
        text.count == word.utf8CodeUnitCount
            && word.withUTF8Buffer { ByteMatching.isEqualIgnoringCase(.init(rebasing: text), $0) }
    }

    private init?(anPlusB body: Text) {
        guard let n = body.firstIndex(where: { $0.asciiLowercased == UInt8(ascii: "n") }) else {
            guard let start = Self.integer(body) else { return nil }
            self.init(step: 0, start: start)
            return
        }
        let after = body[(n + 1)...]
        let start = after.isEmpty ? 0 : Self.integer(after, needsSign: true, allowsSpace: true)
        guard let step = Self.factor(body[..<n]), let start else { return nil }
        self.init(step: step, start: start)
    }

    /// What stands before the `n`.
    private static func factor(_ text: Text) -> Int? {
        if text.isEmpty { return 1 }
        if text.count == 1, text.first == UInt8(ascii: "+") { return 1 }
        if text.count == 1, text.first == UInt8(ascii: "-") { return -1 }
        return integer(text)
    }

    private static func integer(_ text: Text, needsSign: Bool = false, allowsSpace: Bool = false) -> Int? {
        var (value, sign, hasSign, hasDigits) = (0, 1, false, false)
        for byte in text {
            if byte.isASCIIDigit {
                guard hasSign || !needsSign else { return nil }
                value = value * 10 + Int(byte & 0x0F)
                hasDigits = true
                // Beyond any document, and far from overflow.
                guard value < 1 << 30 else { return nil }
            } else if !hasSign, !hasDigits, byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
                sign = byte == UInt8(ascii: "-") ? -1 : 1
                hasSign = true
            } else if !allowsSpace || !byte.isASCIIWhitespace {
                return nil
            }
        }
        return hasDigits ? sign * value : nil
    }
}

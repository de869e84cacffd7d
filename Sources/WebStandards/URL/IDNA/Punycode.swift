/// The encoding of Unicode labels in ASCII, without the prefix `xn--`.
///
/// Source: RFC 3492, sections 5 and 6.
enum Punycode {
    private static let base = 36
    private static let minimum = 1
    private static let maximum = 26

    /// The ASCII form of `label`; nil when the numbers grow too large.
    static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
        var output = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var state = State()
        var threshold = 0x80
        var handled = basicCount
        while handled < label.count {
            let next = label.lazy.map { Int($0.value) }.filter { $0 >= threshold }.min() ?? threshold
            let (step, overflow) = (next - threshold).multipliedReportingOverflow(by: handled + 1)
            guard !overflow, state.delta + step < Int(Int32.max) else { return nil }
            state.delta += step
            threshold = next
            for scalar in label {
                if scalar.value < threshold { state.delta += 1 }
                guard scalar.value == threshold else { continue }
                appendVariableLength(state.delta, bias: state.bias, to: &output)
                state.adapt(count: handled + 1, isFirst: handled == basicCount)
                state.delta = 0
                handled += 1
            }
            state.delta += 1
            threshold += 1
        }
        return output
    }

    /// The label that `text` encodes; nil when it encodes none.
    static func decode(_ text: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
        guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
        var output: [Unicode.Scalar] = []
        var rest = text[...]
        if let hyphen = text.lastIndex(of: UInt8(ascii: "-")) {
            output = text[..<hyphen].map { Unicode.Scalar($0) }
            rest = text[text.index(after: hyphen)...]
        }
        var state = State()
        var (threshold, position) = (0x80, 0)
        while !rest.isEmpty {
            let old = position
            guard let advanced = readVariableLength(&rest, from: position, bias: state.bias) else { return nil }
            position = advanced
            state.delta = position - old
            state.adapt(count: output.count + 1, isFirst: old == 0)
            threshold += position / (output.count + 1)
            position %= output.count + 1
            guard threshold <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(threshold)) else { return nil }
            output.insert(scalar, at: position)
            position += 1
        }
        return output
    }

    private static func threshold(_ k: Int, _ bias: Int) -> Int { min(max(k - bias, minimum), maximum) }

    private static func appendVariableLength(_ delta: Int, bias: Int, to output: inout [UInt8]) {
        var (quotient, k) = (delta, base)
        while true {
            let t = threshold(k, bias)
            guard quotient >= t else { break }
            output.append(digit(t + (quotient - t) % (base - t)))
            quotient = (quotient - t) / (base - t)
            k += base
        }
        output.append(digit(quotient))
    }

    private static func readVariableLength(_ rest: inout ArraySlice<UInt8>, from start: Int, bias: Int) -> Int? {
        var (position, weight, k) = (start, 1, base)
        while true {
            guard let byte = rest.popFirst(), let digit = value(byte) else { return nil }
            position += digit * weight
            guard position < Int(Int32.max) else { return nil }
            let t = threshold(k, bias)
            if digit < t { return position }
            weight *= base - t
            guard weight < Int(Int32.max) else { return nil }
            k += base
        }
    }

    private static func digit(_ value: Int) -> UInt8 {
        value < 26 ? UInt8(ascii: "a") + UInt8(value) : UInt8(ascii: "0") + UInt8(value - 26)
    }

    private static func value(_ digit: UInt8) -> Int? {
        if digit.isASCIILetter { return Int(digit | 0x20) - 0x61 }
        return digit.isASCIIDigit ? Int(digit) - 0x30 + 26 : nil
    }

    /// The bias that adapts to the size of the deltas.
    private struct State {
        var delta = 0
        var bias = 72

        mutating func adapt(count: Int, isFirst: Bool) {
            var delta = isFirst ? delta / 700 : delta / 2
            delta += delta / count
            var k = 0
            while delta > ((base - minimum) * maximum) / 2 {
                delta /= base - minimum
                k += base
            }
            bias = k + (base - minimum + 1) * delta / (delta + 38)
        }
    }
}

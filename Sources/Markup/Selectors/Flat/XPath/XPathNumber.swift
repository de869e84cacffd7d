import Glibc

/// Numbers as XPath reads and writes them, which follows libxml2 to the last bit.
enum XPathNumber {
    /// libxml2 reads so many digits behind the point.
    private static let maximumFraction = 20

    /// Reads a number at the start of some bytes; nil when there is none.
    ///
    /// Beyond XPath 1.0 libxml2 takes an exponent.
    static func prefix(of bytes: UnsafeBufferPointer<UInt8>) -> (value: Double, count: Int)? {
        var place = 0
        func digit() -> Double? {
            guard place < bytes.count, bytes[place].isASCIIDigit else { return nil }
            return Double(bytes[place] &- 0x30)
        }
        var value = 0.0
        while let digit = digit() {
            value = value * 10 + digit
            place += 1
        }
        let hasInteger = place > 0
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            if !hasInteger, digit() == nil { return nil }
            var (fraction, count) = (0.0, 0)
            while let digit = digit() {
                // Zeros in front do not count as digits.
                if count < maximumFraction || fraction == 0 {
                    fraction = fraction * 10 + digit
                    count += 1
                }
                place += 1
            }
            value += fraction / pow(10, Double(count))
        } else if !hasInteger {
            return nil
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
            if place < bytes.count, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
                place += 1
            }
            var exponent = 0.0
            while let digit = digit() {
                if exponent < 1_000_000 { exponent = exponent * 10 + digit }
                place += 1
            }
            value *= pow(10, isNegative ? -exponent : exponent)
        }
        return (value, place)
    }

    /// The number that a text is, white space around it allowed; NaN where it is none.
    static func value(of text: UnsafeBufferPointer<UInt8>) -> Double {
        var (start, end) = (0, text.count)
        while start < end, ByteMatching.isXPathSpace(text[start]) { start += 1 }
        while end > start, ByteMatching.isXPathSpace(text[end - 1]) { end -= 1 }
        let isNegative = start < end && text[start] == UInt8(ascii: "-")
        if isNegative { start += 1 }
        let digits = UnsafeBufferPointer(rebasing: text[start..<end])
        // libxml2 takes a sign alone for zero, with or without an exponent.
        let isOnlySign = isNegative && (digits.isEmpty || digits[0] | 0x20 == UInt8(ascii: "e"))
        if isOnlySign { return digits.dropFirst().contains { !$0.isASCIIDigit } ? .nan : -0.0 }
        guard let read = prefix(of: digits), read.count == digits.count else { return .nan }
        return isNegative ? -read.value : read.value
    }

    /// The text of a number.
    static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        if number == 0 { return "0" }
        if let integer = Int32(exactly: number) { return "\(integer)" }
        let size = abs(number)
        if size > 1e9 || size < 1e-5 { return scientific(number) }
        let integerPlaces = Int32(log10(size))
        let places = integerPlaces > 0 ? 15 - integerPlaces - 1 : 15 - integerPlaces
        let text = format("%0.*f", places, number)
        return text.contains(".") ? withoutZeros(text) : text
    }

    private static func scientific(_ number: Double) -> String {
        let text = format("%.*e", 14, number)
        guard let exponent = text.firstIndex(of: "e") else { return text }
        return withoutZeros(String(text[..<exponent])) + text[exponent...]
    }

    private static func withoutZeros(_ text: String) -> String {
        var text = text
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    private static func format(_ format: String, _ places: Int32, _ number: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        let count = withVaList([places, number]) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(decoding: buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

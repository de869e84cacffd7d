/// An IPv4 address, read as liberally as browsers do: also `127.1`, `0x7f.1`, `0177.0.0.1` and `2130706433`.
///
/// Source: WHATWG URL Standard, section 3.5.
struct IPv4Address: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bits, the first decimal in the highest byte.
    let value: UInt32

    /// The address of these 32 bits.
    init(value: UInt32) {
        self.value = value
    }

    /// Reads the text of a host that ends in a number; nil where the standard says failure.
    init?(_ host: some BidirectionalCollection<UInt8>) {
        var parts = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
        guard parts.count <= 4 else { return nil }
        var numbers: [UInt64] = []
        for part in parts {
            guard let number = Self.number(part) else { return nil }
            numbers.append(number)
        }
        guard let last = numbers.popLast(), numbers.allSatisfy({ $0 < 256 }),
            last < 1 << UInt64(8 * (4 - numbers.count))
        else { return nil }
        var value = last
        for (index, number) in numbers.enumerated() { value += number << UInt64(8 * (3 - index)) }
        self.value = UInt32(value)
    }

    /// The dotted decimals.
    var description: String {
        "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)"
    }

    /// Whether the last label of `host` is a number, so that the host must be an IPv4 address or nothing.
    static func endsInNumber(_ host: some BidirectionalCollection<UInt8>) -> Bool {
        var rest = host[...]
        if rest.last == UInt8(ascii: ".") { rest.removeLast() }
        let dot = rest.lastIndex(of: UInt8(ascii: "."))
        let label = dot.map { rest[rest.index(after: $0)...] } ?? rest
        guard let first = label.first, first.isASCIIDigit else { return false }
        return label.allSatisfy(\.isASCIIDigit) || number(label) != nil
    }

    /// Reads a decimal, octal (`0…`) or hexadecimal (`0x…`) number; values too large for an address stay too large.
    private static func number(_ text: some BidirectionalCollection<UInt8>) -> UInt64? {
        var digits = text[...]
        guard digits.first != nil else { return nil }
        var radix: UInt64 = 10
        if digits.first == UInt8(ascii: "0"), digits.count > 1 {
            digits.removeFirst()
            radix = 8
            if let mark = digits.first, mark | 0x20 == UInt8(ascii: "x") {
                digits.removeFirst()
                radix = 16
            }
        }
        var value: UInt64 = 0
        for digit in digits {
            guard let digitValue = Hexadecimal.value(digit), UInt64(digitValue) < radix else { return nil }
            value = min(value * radix + UInt64(digitValue), 1 << 40)
        }
        return value
    }
}

import CMongoC
public import FoundationEssentials

/// An IEEE 754-2008 128-bit decimal number, kept as its bits; text goes through libbson.
public struct BSONDecimal128: Sendable, Hashable, CustomStringConvertible {
    /// The upper half: sign, exponent, and the start of the coefficient.
    public let high: UInt64
    /// The lower half.
    public let low: UInt64

    /// A number of these bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads a decimal such as `-1.50E+3`, `Infinity` or `NaN`; nil when it is none or does not fit exactly.
    public init?(_ text: String) {
        var number = bson_decimal128_t()
        guard !text.utf8.contains(0), bson_decimal128_from_string(text, &number) else { return nil }
        self.init(high: number.high, low: number.low)
    }

    /// A decimal; nil when it does not fit exactly.
    public init?(_ decimal: Decimal) { self.init(decimal.description) }

    /// The decimal; nil for infinities and what is out of its range.
    public var decimal: Decimal? { Decimal(string: description) }

    /// The number as text, with every digit that is stored.
    public var description: String {
        var number = bson_decimal128_t()
        number.high = high
        number.low = low
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(BSON_DECIMAL128_STRING)) { text in
            guard let start = text.baseAddress else { return "" }
            bson_decimal128_to_string(&number, start)
            return String(cString: start)
        }
    }
}

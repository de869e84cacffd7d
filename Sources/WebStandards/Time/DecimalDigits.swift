/// Whole numbers in ASCII digits.
enum DecimalDigits {
    /// The value of `digits`, 0 for none; nil when it exceeds a million million. The caller has checked that they are digits.
    static func value(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
            guard value <= 1_000_000_000_000 else { return nil }
        }
        return value
    }
}

/// Delays in robots.txt, which may be anything.
enum RobotsNumber {
    /// A delay in seconds with up to three decimals, such as `10` or `0.5`, at most ``RobotsRules/maximumDelay``.
    ///
    /// Nil for anything else: signs, exponents, commas, digits of other scripts, `NaN`.
    static func delay(_ text: ArraySlice<UInt8>) -> Duration? {
        let parts = text.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard text.contains(where: \.isASCIIDigit), parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else {
            return nil
        }
        guard let seconds = DecimalDigits.value(parts[0]) else { return RobotsRules.maximumDelay }
        let decimals = parts.count > 1 ? Array(parts[1].prefix(3)) : []
        let padded = decimals + Array(repeating: UInt8(ascii: "0"), count: 3 - decimals.count)
        return min(.milliseconds(seconds * 1000 + (DecimalDigits.value(padded[...]) ?? 0)), RobotsRules.maximumDelay)
    }
}

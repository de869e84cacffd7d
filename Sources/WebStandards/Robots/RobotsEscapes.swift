/// Bringing rules and paths into forms that can be compared byte by byte.
enum RobotsEscapes {
    /// What a path may not contain plainly: all but RFC 3986's unreserved and reserved characters, and the two that are wildcards in
    /// rules, so that `%2A` in a rule finds a star in a path.
    static let target = PercentEncodeSet(" \"<>\\^`{|}*$")

    /// The same for the body of a rule, whose stars are wildcards.
    static let pattern = PercentEncodeSet(" \"<>\\^`{|}$")

    /// Appends `text` with bytes outside ASCII escaped and escapes in upper case, as Google's parser does with rules.
    static func appendEscapingNonASCII(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let decoded = EscapeNormalisation.popEscape(&rest) {
                output.append(escaped: decoded)
            } else if byte >= 0x80 {
                output.append(escaped: byte)
            } else {
                output.append(byte)
            }
        }
    }
}

/// One `name=value` of a query, decoded to bytes: their encoding is the site's own business.
struct QueryParameter: Comparable {
    let name: [UInt8]
    let value: [UInt8]

    /// The parameters of `query`, in order; `+` stands for a space.
    ///
    /// Source: WHATWG URL Standard, section 5.1.
    static func list(
        _ query: some Collection<UInt8>, separator: UInt8 = UInt8(ascii: "&"), keepBlankValues: Bool = true
    ) -> [QueryParameter] {
        var parameters: [QueryParameter] = []
        for pair in query.split(separator: separator) {
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            let value = equals.map { decode(pair[pair.index(after: $0)...]) } ?? []
            if !value.isEmpty || keepBlankValues {
                parameters.append(QueryParameter(name: decode(pair[..<(equals ?? pair.endIndex)]), value: value))
            }
        }
        return parameters
    }

    /// Appends the pair with everything escaped but letters, digits and `-._~`.
    func append(to output: inout [UInt8]) {
        Self.append(name, to: &output)
        output.append(UInt8(ascii: "="))
        Self.append(value, to: &output)
    }

    private static func append(_ text: [UInt8], to output: inout [UInt8]) {
        for byte in text {
            if byte == 0x20 {
                output.append(UInt8(ascii: "+"))
            } else if PercentEncodeSet.reserved.contains(byte) {
                output.append(escaped: byte)
            } else {
                output.append(byte)
            }
        }
    }

    private static func decode(_ text: some Collection<UInt8>) -> [UInt8] {
        let spaced = text.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }
        guard spaced.contains(UInt8(ascii: "%")) else { return spaced }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(spaced.count)
        decoded.append(percentDecoding: spaced)
        return decoded
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.name != right.name { return left.name.lexicographicallyPrecedes(right.name) }
        return left.value.lexicographicallyPrecedes(right.value)
    }
}

/// The `name=value` pairs of a query, decoded to bytes: their encoding is the site's own business.
///
/// All lie in one buffer, since a query has many short ones.
struct QueryParameters {
    /// Where a pair lies in the buffer.
    struct Pair {
        let name: Range<Int>
        let value: Range<Int>
    }

    private var bytes: [UInt8] = []
    private(set) var pairs: [Pair] = []

    /// Reads the parameters of `query`, in order; `+` stands for a space.
    ///
    /// Source: WHATWG URL Standard, section 5.1.
    init(_ query: some Collection<UInt8>, separator: UInt8 = UInt8(ascii: "&"), keepBlankValues: Bool = true) {
        let done: Void? = query.withContiguousStorageIfAvailable {
            read($0, separator: separator, keepBlankValues: keepBlankValues)
        }
        if done == nil {
            Array(query).withUnsafeBufferPointer {
                read($0, separator: separator, keepBlankValues: keepBlankValues)
            }
        }
    }

    private mutating func read(_ query: UnsafeBufferPointer<UInt8>, separator: UInt8, keepBlankValues: Bool) {
        bytes.reserveCapacity(query.count)
        var start = 0
        while start < query.count {
            let end = query[start...].firstIndex(of: separator) ?? query.count
            if end > start { read(query, start..<end, keepBlankValues: keepBlankValues) }
            start = end + 1
        }
    }

    private mutating func read(_ query: UnsafeBufferPointer<UInt8>, _ pair: Range<Int>, keepBlankValues: Bool) {
        let equals = query[pair].firstIndex(of: UInt8(ascii: "="))
        if !keepBlankValues, (equals ?? pair.upperBound) + 1 >= pair.upperBound { return }
        let start = bytes.count
        decode(query, pair.lowerBound..<(equals ?? pair.upperBound))
        let middle = bytes.count
        if let equals { decode(query, equals + 1..<pair.upperBound) }
        pairs.append(Pair(name: start..<middle, value: middle..<bytes.count))
    }

    private mutating func decode(_ query: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = query[index]
            if byte == UInt8(ascii: "%"), index + 2 < range.upperBound, let high = Hexadecimal.value(query[index + 1]),
                let low = Hexadecimal.value(query[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
    }

    /// A pair's name.
    func name(of pair: Pair) -> ArraySlice<UInt8> { bytes[pair.name] }

    /// Removes the pairs whose name says so.
    mutating func removeAll(where isUnwanted: (ArraySlice<UInt8>) -> Bool) {
        pairs.removeAll { isUnwanted(bytes[$0.name]) }
    }

    /// Puts the pairs into the order of their names, then of their values.
    mutating func sort() {
        guard pairs.count > 1 else { return }
        bytes.withUnsafeBufferPointer { bytes in
            pairs.sort { left, right in
                let order = Self.compare(bytes, left.name, right.name)
                return order == 0 ? Self.compare(bytes, left.value, right.value) < 0 : order < 0
            }
        }
    }

    private static func compare(_ bytes: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Int {
        for offset in 0..<min(left.count, right.count) {
            let difference = Int(bytes[left.lowerBound + offset]) - Int(bytes[right.lowerBound + offset])
            if difference != 0 { return difference }
        }
        return left.count - right.count
    }

    /// Appends a pair with everything escaped but letters, digits and `-._~`.
    func append(_ pair: Pair, to output: inout [UInt8]) {
        append(pair.name, to: &output)
        output.append(UInt8(ascii: "="))
        append(pair.value, to: &output)
    }

    private func append(_ range: Range<Int>, to output: inout [UInt8]) {
        let reserved = PercentEncodeSet.reserved
        for index in range {
            let byte = bytes[index]
            if byte == 0x20 {
                output.append(UInt8(ascii: "+"))
            } else if reserved.contains(byte) {
                output.append(escaped: byte)
            } else {
                output.append(byte)
            }
        }
    }
}

/// An IPv6 address.
///
/// Source: WHATWG URL Standard, section 3.5; serialised as RFC 5952 says, section 4.
struct IPv6Address: Sendable, Hashable, CustomStringConvertible {
    /// The eight groups of 16 bits.
    let groups: [UInt16]

    /// Reads the text between the brackets of a host; nil where the standard says failure.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var reader = IPv6Reader(text: text)
        guard let groups = reader.read() else { return nil }
        self.groups = groups
    }

    /// The shortest form, without brackets.
    var description: String {
        let gap = longestGap
        var text = ""
        var index = 0
        while index < 8 {
            if let gap, index == gap.lowerBound {
                text += index == 0 ? "::" : ":"
                index = gap.upperBound
                continue
            }
            text += String(groups[index], radix: 16)
            if index < 7 { text += ":" }
            index += 1
        }
        return text
    }

    /// The first longest run of two or more zero groups.
    private var longestGap: Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(1, best?.count ?? 0) { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }
}

/// Reads the groups of one IPv6 address.
private struct IPv6Reader {
    let text: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var groups: [UInt16] = []
    private var gap: Int?

    init(text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    mutating func read() -> [UInt16]? {
        if peek == UInt8(ascii: ":") {
            guard byte(at: 1) == UInt8(ascii: ":") else { return nil }
            position = 2
            gap = 0
        }
        while peek != nil {
            guard groups.count < 8, readPart() else { return nil }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
        }
        return groups.count == 8 ? groups : nil
    }

    private mutating func readPart() -> Bool {
        if peek == UInt8(ascii: ":") {
            guard gap == nil else { return false }
            position += 1
            gap = groups.count
            return true
        }
        let start = position
        var value: UInt16 = 0
        while position - start < 4, let byte = peek, let digit = Hexadecimal.value(byte) {
            value = value << 4 | UInt16(digit)
            position += 1
        }
        if peek == UInt8(ascii: ".") {
            guard position > start else { return false }
            position = start
            return readEmbeddedIPv4()
        }
        groups.append(value)
        return endGroup()
    }

    private mutating func endGroup() -> Bool {
        guard let byte = peek else { return true }
        guard byte == UInt8(ascii: ":") else { return false }
        position += 1
        return peek != nil
    }

    /// Reads four decimals without leading zeros up to the end of the text.
    private mutating func readEmbeddedIPv4() -> Bool {
        guard groups.count <= 6 else { return false }
        var value: UInt32 = 0
        for index in 0..<4 {
            if index > 0 {
                guard peek == UInt8(ascii: ".") else { return false }
                position += 1
            }
            guard let decimal = readDecimal() else { return false }
            value = value << 8 | decimal
        }
        groups.append(UInt16(value >> 16))
        groups.append(UInt16(value & 0xFFFF))
        return peek == nil
    }

    private mutating func readDecimal() -> UInt32? {
        var value: UInt32?
        while let byte = peek, byte.isASCIIDigit {
            let digit = UInt32(byte - UInt8(ascii: "0"))
            guard value != 0 else { return nil }
            value = (value ?? 0) * 10 + digit
            guard let value, value < 256 else { return nil }
            position += 1
        }
        return value
    }

    private var peek: UInt8? { byte(at: 0) }

    private func byte(at offset: Int) -> UInt8? {
        position + offset < text.count ? text[position + offset] : nil
    }
}

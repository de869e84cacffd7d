extension URLParser {
    /// Appends the serialised host of the input from `start` up to `end`; false where the standard says failure.
    mutating func appendHost(_ start: Int, _ end: Int) -> Bool {
        if input[start] == UInt8(ascii: "[") {
            guard input[end - 1] == UInt8(ascii: "]"),
                let address = IPv6Address(bytes(start + 1, max(start + 1, end - 1)))
            else { return false }
            output.append(contentsOf: "[\(address)]".utf8)
            return true
        }
        return layout.kind.isSpecial ? appendDomain(start, end) : appendOpaqueHost(start, end)
    }

    private mutating func appendOpaqueHost(_ start: Int, _ end: Int) -> Bool {
        guard !input[start..<end].contains(where: { ForbiddenHostBytes.opaque.contains($0) }) else { return false }
        output.append(encoding: bytes(start, end), with: .control)
        return true
    }

    private mutating func appendDomain(_ start: Int, _ end: Int) -> Bool {
        let hostStart = output.count
        if !appendPlainDomain(start, end) {
            output.removeSubrange(hostStart...)
            var decoded: [UInt8] = []
            decoded.append(percentDecoding: bytes(start, end))
            guard let domain = IDNA.toASCII(decoded), !domain.isEmpty else { return false }
            output.append(contentsOf: domain)
        }
        guard !output[hostStart...].contains(where: { ForbiddenHostBytes.domain.contains($0) }) else { return false }
        guard IPv4Address.endsInNumber(output[hostStart...]) else { return true }
        guard let address = IPv4Address(output[hostStart...]) else { return false }
        output.removeSubrange(hostStart...)
        output.append(contentsOf: address.description.utf8)
        return true
    }

    /// Appends a domain that only needs lower case; false when it needs IDNA processing or decoding.
    private mutating func appendPlainDomain(_ start: Int, _ end: Int) -> Bool {
        for index in start..<end {
            let byte = input[index]
            guard byte < 0x80, byte != UInt8(ascii: "%") else { return false }
            output.append(byte.lowercasedASCII)
        }
        return true
    }
}

/// The bytes that no host, or no domain, may contain.
private struct ForbiddenHostBytes {
    private let low: UInt64
    private let high: UInt64

    private init(_ text: String, controls: Bool) {
        var low: UInt64 = controls ? 0xFFFF_FFFF : 1 | 1 << 9 | 1 << 10 | 1 << 13
        var high: UInt64 = controls ? 1 << 63 : 0
        for byte in text.utf8 {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
        self.low = low
        self.high = high
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low >> UInt64(byte) & 1 != 0 }
        return byte < 128 && high >> UInt64(byte - 64) & 1 != 0
    }

    static let opaque = ForbiddenHostBytes(" #/:<>?@[\\]^|", controls: false)
    static let domain = ForbiddenHostBytes(" #/:<>?@[\\]^|%", controls: true)
}

extension UInt8 {
    @inline(__always)
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    @inline(__always)
    var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    @inline(__always)
    var lowercasedASCII: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

/// Looks whether bytes are UTF-8 without copying them.
enum UTF8Check {
    static func isValid(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes(isValid) }

    /// Passes over ASCII eight bytes at a time, and looks at each other character alone.
    ///
    /// Source: RFC 3629, section 4.
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < bytes.count {
            if position + 32 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: position, as: SIMD4<UInt64>.self).bits & 0x8080_8080_8080_8080 == 0
            {
                position += 32
            } else if position + 8 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                position += 8
            } else if bytes[position] < 0x80 {
                position += 1
            } else {
                let length = characterLength(bytes, at: position)
                if length == 0 { return false }
                position += length
            }
        }
        return true
    }

    /// Bytes of the character beyond ASCII that starts here; 0 when it is not valid.
    @inline(__always)
    private static func characterLength(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int {
        let left = bytes.count - position
        func isTrail(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            offset < left && range.contains(bytes[position + offset])
        }
        switch bytes[position] {
        case 0xC2...0xDF: return isTrail(1) ? 2 : 0
        case 0xE0: return isTrail(1, 0xA0...0xBF) && isTrail(2) ? 3 : 0
        case 0xED: return isTrail(1, 0x80...0x9F) && isTrail(2) ? 3 : 0
        case 0xE1...0xEF: return isTrail(1) && isTrail(2) ? 3 : 0
        case 0xF0: return isTrail(1, 0x90...0xBF) && isTrail(2) && isTrail(3) ? 4 : 0
        case 0xF1...0xF3: return isTrail(1) && isTrail(2) && isTrail(3) ? 4 : 0
        case 0xF4: return isTrail(1, 0x80...0x8F) && isTrail(2) && isTrail(3) ? 4 : 0
        default: return 0
        }
    }

    /// What bytes are, whose encoding nobody declared.
    enum Finding {
        /// ASCII alone.
        case ascii
        /// UTF-8 with at least one character beyond ASCII.
        case whole
        /// The same, but that the last character is cut off.
        case cut
        case other
    }

    static func look(at bytes: [UInt8]) -> Finding {
        guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return .ascii }
        if isValid(bytes) { return .whole }
        // A cut character leaves a lead byte among the last three.
        for cut in 1...3 where bytes.count - cut > first && bytes[bytes.count - cut] >= 0xC2 {
            return isValid(Array(bytes.dropLast(cut))) ? .cut : .other
        }
        return .other
    }
}

extension SIMD4<UInt64> {
    /// The bits that any of the four has.
    @inline(__always)
    fileprivate var bits: UInt64 { self[0] | self[1] | self[2] | self[3] }
}

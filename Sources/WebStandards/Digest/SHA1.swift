/// The SHA-1 hash of bytes: as a check sum that web archives agree on, never as proof of who wrote something.
///
/// Source: FIPS 180-4, sections 4.1.1, 5.3.1 and 6.1.
public enum SHA1 {
    /// The 20-byte hash of `bytes`.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var state: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
            0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0
        )
        let whole = bytes.count / 64 * 64
        var tail = Array(bytes[whole...]) + [0x80]
        tail += [UInt8](repeating: 0, count: (120 - tail.count % 64) % 64)
        tail += withUnsafeBytes(of: UInt64(bytes.count * 8).bigEndian) { Array($0) }
        bytes.withUnsafeBufferPointer { compress(UnsafeBufferPointer(rebasing: $0[..<whole]), into: &state) }
        tail.withUnsafeBufferPointer { compress($0, into: &state) }
        return [state.0, state.1, state.2, state.3, state.4].flatMap { word in
            withUnsafeBytes(of: word.bigEndian) { Array($0) }
        }
    }

    private static func compress(
        _ bytes: UnsafeBufferPointer<UInt8>, into state: inout (UInt32, UInt32, UInt32, UInt32, UInt32)
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { words in
            for start in stride(from: 0, to: bytes.count, by: 64) {
                for place in 0..<16 {
                    let byte = start + 4 * place
                    words[place] =
                        UInt32(bytes[byte]) << 24 | UInt32(bytes[byte + 1]) << 16 | UInt32(bytes[byte + 2]) << 8
                        | UInt32(bytes[byte + 3])
                }
                for place in 16..<80 {
                    let mixed = words[place - 3] ^ words[place - 8] ^ words[place - 14] ^ words[place - 16]
                    words[place] = mixed << 1 | mixed >> 31
                }
                var (a, b, c, d, e) = state
                for place in 0..<80 {
                    let (mix, constant) = round(place, b, c, d)
                    let next = (a << 5 | a >> 27) &+ mix &+ e &+ constant &+ words[place]
                    (e, d, c, b, a) = (d, c, b << 30 | b >> 2, a, next)
                }
                state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e)
            }
        }
    }

    @inline(__always)
    private static func round(_ place: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> (UInt32, UInt32) {
        switch place {
        case ..<20: (b & c | ~b & d, 0x5A82_7999)
        case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
        case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
    }
}

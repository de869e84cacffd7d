/// The SHA-256 hash of a byte stream, fed in any number of pieces.
///
/// Source: FIPS 180-4, sections 4.1.2, 5.3.3 and 6.2.
public struct SHA256: Sendable {
    private var state = SHA256.initialState
    /// What does not fill a block yet.
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    /// Eight words, which a tuple keeps in registers.
    typealias Words = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

    static let blockSize = 64

    /// Starts an empty stream.
    public init() {}

    /// The 32-byte hash of `bytes`.
    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        text(of: words(of: bytes))
    }

    /// The hash of `bytes` as eight big-endian words, made without a heap allocation where `bytes` is contiguous.
    static func words(of bytes: some Sequence<UInt8>) -> Words {
        func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Words {
            var state = initialState
            let whole = bytes.count / blockSize * blockSize
            compress(UnsafeBufferPointer(rebasing: bytes[..<whole]), into: &state)
            return finish(state, UnsafeBufferPointer(rebasing: bytes[whole...]), length: UInt64(bytes.count))
        }
        return bytes.withContiguousStorageIfAvailable(hash) ?? Array(bytes).withUnsafeBufferPointer(hash)
    }

    /// Appends `bytes` to the stream.
    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { absorb($0) }
        if done == nil { Array(bytes).withUnsafeBufferPointer { absorb($0) } }
    }

    /// The 32-byte hash of everything appended so far; the stream can go on afterwards.
    public func finish() -> [UInt8] {
        Self.text(of: pending.withUnsafeBufferPointer { Self.finish(state, $0, length: length) })
    }

    private mutating func absorb(_ bytes: UnsafeBufferPointer<UInt8>) {
        length &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let needed = min(Self.blockSize - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(needed))
            rest = rest.dropFirst(needed)
            guard pending.count == Self.blockSize else { return }
            let block = pending
            block.withUnsafeBufferPointer { Self.compress($0, into: &state) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / Self.blockSize * Self.blockSize
        Self.compress(UnsafeBufferPointer(rebasing: rest.prefix(whole)), into: &state)
        pending.append(contentsOf: rest.dropFirst(whole))
    }

    /// Hashes the last, partial block with its padding: a bit, zeros, and the length of the whole in bits.
    private static func finish(
        _ state: Words, _ rest: UnsafeBufferPointer<UInt8>, length: UInt64
    ) -> Words {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * blockSize) { block in
            let count = rest.count + 9 <= blockSize ? blockSize : 2 * blockSize
            block.initialize(repeating: 0)
            for index in 0..<rest.count { block[index] = rest[index] }
            block[rest.count] = 0x80
            for index in 0..<8 {
                block[count - 1 - index] = UInt8(truncatingIfNeeded: (length &* 8) >> UInt64(8 * index))
            }
            var state = state
            compress(UnsafeBufferPointer(rebasing: block[..<count]), into: &state)
            return state
        }
    }

    private static func text(of words: Words) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in [words.0, words.1, words.2, words.3, words.4, words.5, words.6, words.7] {
            for shift in stride(from: UInt32(24), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }

    private static func compress(_ bytes: UnsafeBufferPointer<UInt8>, into state: inout Words) {
        let start = state
        state = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            roundConstants.withUnsafeBufferPointer { constants in
                var state = start
                for start in stride(from: 0, to: bytes.count, by: blockSize) {
                    expand(UnsafeBufferPointer(rebasing: bytes[start..<start + blockSize]), into: schedule)
                    state = mix(schedule, constants, into: state)
                }
                return state
            }
        }
    }

    @inline(__always)
    private static func expand(
        _ block: UnsafeBufferPointer<UInt8>, into schedule: UnsafeMutableBufferPointer<UInt32>
    ) {
        for t in 0..<16 {
            let high = UInt32(block[4 * t]) << 24 | UInt32(block[4 * t + 1]) << 16
            schedule[t] = high | UInt32(block[4 * t + 2]) << 8 | UInt32(block[4 * t + 3])
        }
        for t in 16..<64 {
            let a = schedule[t - 15]
            let b = schedule[t - 2]
            let sigma0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >> 3)
            let sigma1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >> 10)
            schedule[t] = schedule[t - 16] &+ sigma0 &+ schedule[t - 7] &+ sigma1
        }
    }

    @inline(__always)
    private static func mix(
        _ schedule: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
        into state: Words
    ) -> Words {
        var (a, b, c, d, e, f, g, h) = state
        for t in 0..<64 {
            let choose = (e & f) ^ (~e & g)
            let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let first = h &+ sum1 &+ choose &+ constants[t] &+ schedule[t]
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ second)
        }
        return (
            state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e, state.5 &+ f, state.6 &+ g,
            state.7 &+ h
        )
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        (word >> count) | (word << (32 - count))
    }

    private static let initialState: Words = (
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
    )

    private static let roundConstants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

/// What a path must have to match a pattern, in three words: nearly all rules are told from a path without comparing bytes.
struct RobotsSieve: Sendable {
    /// The same of a path, which is asked of many patterns.
    struct Path {
        fileprivate let head: UInt64
        fileprivate let letters: UInt64

        init(_ path: UnsafeBufferPointer<UInt8>) {
            var (head, letters): (UInt64, UInt64) = (0, 0)
            for index in 0..<min(path.count, RobotsSieve.headLength) {
                head |= UInt64(path[index]) << UInt64(8 * index)
            }
            for byte in path { letters |= RobotsSieve.letter(byte) }
            (self.head, self.letters) = (head, letters)
        }
    }

    fileprivate static let headLength = 8

    private var head: UInt64 = 0
    private var mask: UInt64 = 0
    private var letters: UInt64 = 0

    /// What the bytes of a pattern ask for, `*` being a wildcard.
    init(of pattern: ArraySlice<UInt8>) {
        for (index, byte) in pattern.prefix(Self.headLength).prefix(while: { $0 != UInt8(ascii: "*") }).enumerated() {
            head |= UInt64(byte) << UInt64(8 * index)
            mask |= 0xFF << UInt64(8 * index)
        }
        for byte in pattern where byte != UInt8(ascii: "*") { letters |= Self.letter(byte) }
    }

    /// Whether a path has the first bytes of the pattern, and all its bytes somewhere.
    func lets(_ path: Path) -> Bool { path.head & mask == head && letters & ~path.letters == 0 }

    /// A bit for a byte; several bytes share one, which lets more through than need be.
    fileprivate static func letter(_ byte: UInt8) -> UInt64 { 1 << UInt64(byte & 63) }
}

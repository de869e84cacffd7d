/// One rule's path: where its bytes lie, and what a path must have to match it, so that nearly all rules are told from a path without
/// looking at those bytes.
///
/// Three fit into two cache lines: of most rules nothing else is ever loaded.
struct RobotsPattern: Sendable {
    /// What is asked of a path once, for all patterns.
    struct Path {
        let bytes: UnsafeBufferPointer<UInt8>
        fileprivate let head: UInt64
        fileprivate let letters: UInt32

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
            var (head, letters): (UInt64, UInt32) = (0, 0)
            for index in 0..<min(bytes.count, RobotsPattern.longestHead) {
                head |= UInt64(bytes[index]) << UInt64(8 * index)
            }
            for byte in bytes { letters |= RobotsPattern.letter(byte) }
            (self.head, self.letters) = (head, letters)
        }
    }

    private static let longestHead = 8

    /// The bytes in front of the first wildcard, up to eight.
    private let head: UInt64
    /// All bytes but wildcards.
    private let letters: UInt32
    private let start: UInt32
    private let count: UInt32
    private let headLength: UInt8
    let isAllow: Bool
    /// Whether the path must end where the pattern does.
    let isAnchored: Bool

    /// A pattern that lies at `range` of `bytes`, without its final `$`.
    init(_ bytes: [UInt8], _ range: Range<Int>, isAllow: Bool, isAnchored: Bool) {
        let own = bytes[range]
        let first = own.prefix(Self.longestHead).prefix { $0 != UInt8(ascii: "*") }
        head = first.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        letters = own.reduce(0) { $1 == UInt8(ascii: "*") ? $0 : $0 | Self.letter($1) }
        start = UInt32(range.lowerBound)
        count = UInt32(range.count)
        headLength = UInt8(first.count)
        self.isAllow = isAllow
        self.isAnchored = isAnchored
    }

    /// The longer decides.
    var priority: Int { Int(count) + (isAnchored ? 1 : 0) }

    /// The bytes that are not known to match once ``mayMatch(_:)`` has said yes.
    var rest: Range<Int> { Int(start) + Int(headLength)..<Int(start) + Int(count) }

    /// How much of a path the head takes.
    var headCount: Int { Int(headLength) }

    /// Whether a path has the first bytes of the pattern, and all its bytes somewhere.
    func mayMatch(_ path: Path) -> Bool {
        // A shift by all 64 bits leaves nothing, so a full head has a full mask.
        let mask = (UInt64(1) << UInt64(8 * headLength)) &- 1
        return path.head & mask == head && letters & ~path.letters == 0 && path.bytes.count >= headCount
    }

    /// A bit for a byte; several bytes share one, which lets more through than need be.
    private static func letter(_ byte: UInt8) -> UInt32 { 1 << UInt32(byte & 31) }
}

/// A place in the server's operation log; not for an application's own times.
public struct BSONTimestamp: Sendable, Hashable, Comparable {
    /// Seconds from 1970.
    public let seconds: UInt32
    /// Counts the operations within the second.
    public let increment: UInt32

    /// The operation numbered `increment` within a second.
    public init(seconds: UInt32, increment: UInt32) {
        self.seconds = seconds
        self.increment = increment
    }

    init(word: UInt64) {
        self.init(seconds: UInt32(truncatingIfNeeded: word >> 32), increment: UInt32(truncatingIfNeeded: word))
    }

    var word: UInt64 { UInt64(seconds) << 32 | UInt64(increment) }

    /// Earlier operations are less.
    public static func < (left: Self, right: Self) -> Bool { left.word < right.word }
}

public import FoundationEssentials
import Synchronization

/// A 12-byte identifier: seconds, five random bytes of this process, and a counter.
///
/// Source: MongoDB's ObjectId specification.
public struct ObjectID: Sendable, Hashable, Comparable, CustomStringConvertible {
    let high: UInt64
    let low: UInt32

    /// A new identifier, different from every other of this process, in order of creation within it.
    public init() {
        let seconds = UInt32(truncatingIfNeeded: Int64(Date().timeIntervalSince1970))
        let count = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue & 0xFF_FFFF
        high = UInt64(seconds) << 32 | Self.process >> 8
        low = UInt32(truncatingIfNeeded: Self.process & 0xFF) << 24 | count
    }

    private static let process = UInt64.random(in: 0..<(1 << 40))
    private static let counter = Atomic<UInt32>(UInt32.random(in: 0..<(1 << 24)))

    /// The twelve bytes; nil when there are not twelve.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 12 else { return nil }
        self = bytes.withUnsafeBytes { Self(bigEndian: $0) }
    }

    init(bigEndian bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    }

    /// Reads 24 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard hex.utf8.count == 24, hex.utf8.allSatisfy({ UInt8(ascii: $0) != nil }) else { return nil }
        guard let high = UInt64(hex.prefix(16), radix: 16), let low = UInt32(hex.suffix(8), radix: 16) else {
            return nil
        }
        self.high = high
        self.low = low
    }

    /// The twelve bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: high.bigEndian) { [UInt8]($0) } + withUnsafeBytes(of: low.bigEndian) { [UInt8]($0) }
    }

    /// 24 lower-case hexadecimal digits.
    public var hex: String { Self.padded(high, 16) + Self.padded(UInt64(low), 8) }

    /// When it was made, in whole seconds.
    public var date: Date { Date(timeIntervalSince1970: Double(high >> 32)) }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// Compares as the server does: byte by byte.
    public static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit's ASCII code; nil for other codes.
    init?(ascii code: UInt8) {
        switch code {
        case 0x30...0x39: self = code - 0x30
        case 0x41...0x46: self = code - 0x41 + 10
        case 0x61...0x66: self = code - 0x61 + 10
        default: return nil
        }
    }
}

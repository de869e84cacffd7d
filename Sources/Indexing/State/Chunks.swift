import Recommender

/// Cuts large values into pieces that are stored one by one.
enum Chunks {
    /// A piece of a blob, in bytes.
    private static let pieceBytes = 4 << 20

    static func cut(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: max(bytes.count, 1), by: pieceBytes).map {
            Array(bytes[$0..<min($0 + pieceBytes, bytes.count)])
        }
    }

    static func join(_ pieces: [[UInt8]]) -> [UInt8] { Array(pieces.joined()) }
}

/// Reads and writes little-endian numbers and length-prefixed bytes; reading past the end gives nil.
struct PackedBytes {
    private(set) var bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func write<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ block: some Collection<UInt8>) {
        write(UInt32(clamping: block.count))
        bytes.append(contentsOf: block)
    }

    /// Bytes without their count.
    mutating func append(_ raw: some Collection<UInt8>) { bytes.append(contentsOf: raw) }

    mutating func read<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard bytes.count - position >= size else { return nil }
        defer { position += size }
        var number: Number = 0
        withUnsafeMutableBytes(of: &number) { $0.copyBytes(from: bytes[position..<position + size]) }
        return Number(littleEndian: number)
    }

    /// Seven bits a byte, the low ones first, the high bit set on all but the last (LEB128).
    mutating func write(varint number: UInt32) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func readVarint() -> UInt32? {
        var value: UInt32 = 0
        for shift in stride(from: UInt32(0), to: 32, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt32(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    mutating func readBlock() -> ArraySlice<UInt8>? {
        guard let count = read(UInt32.self), bytes.count - position >= Int(count) else { return nil }
        defer { position += Int(count) }
        return bytes[position..<position + Int(count)]
    }
}

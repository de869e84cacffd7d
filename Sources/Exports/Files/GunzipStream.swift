internal import CZlib

/// Undoes gzip (RFC 1952) piece by piece: any number of members, one after the other.
final class GunzipStream {
    private var stream = z_stream()
    private var room = [UInt8](repeating: 0, count: 256 << 10)
    private var isBetweenMembers = true

    init?() {
        guard czlib_begin_gunzip(&stream) == Z_OK else { return nil }
    }

    deinit { inflateEnd(&stream) }

    /// Whether what was taken so far ends with a member.
    var isComplete: Bool { isBetweenMembers }

    /// Undoes the next bytes and hands on what comes of them, a quarter of a megabyte at most at once; false when they are broken.
    func read(_ bytes: [UInt8], _ body: ([UInt8]) throws -> Void) rethrows -> Bool {
        var rest = bytes[...]
        var mayHaveMore = false
        while !rest.isEmpty || mayHaveMore {
            if isBetweenMembers {
                // Padding after a member.
                rest = rest.drop { $0 == 0 }
                guard !rest.isEmpty else { return true }
                guard inflateReset(&stream) == Z_OK else { return false }
                isBetweenMembers = false
            }
            let (result, left, space) = step(Array(rest))
            guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { return false }
            rest = rest.suffix(left)
            isBetweenMembers = result == Z_STREAM_END
            mayHaveMore = space == 0 && !isBetweenMembers
            if space < room.count { try body(Array(room[..<(room.count - space)])) }
        }
        return true
    }

    private func step(_ bytes: [UInt8]) -> (result: Int32, left: Int, space: Int) {
        var bytes = bytes
        return bytes.withUnsafeMutableBufferPointer { source in
            room.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                let result = inflate(&stream, Z_NO_FLUSH)
                return (result, Int(stream.avail_in), Int(stream.avail_out))
            }
        }
    }
}

import Glibc

/// The C library's converter from one encoding to UTF-8.
struct CharacterConverter: ~Copyable {
    /// What stopped a conversion.
    enum Stop {
        /// All bytes were converted.
        case end
        /// There is no room for more.
        case full
        /// The bytes here mean nothing.
        case malformed
        /// The last character is cut off.
        case incomplete
    }

    private let handle: iconv_t

    /// Opens the converter; nil when the system does not have it.
    init?(from encoding: String) {
        let handle = iconv_open("UTF-8", encoding)
        guard let handle, Int(bitPattern: handle) != -1 else { return nil }
        self.handle = handle
    }

    deinit { _ = iconv_close(handle) }

    /// Converts from `position` on as far as possible, appending to `output`.
    func convert(_ bytes: [UInt8], from position: inout Int, to output: inout [UInt8]) -> Stop {
        let room = 4_096
        var stop = Stop.end
        let written = bytes.withUnsafeBytes { bytes in
            let start = output.count
            output.append(contentsOf: repeatElement(0, count: room))
            let written = output.withUnsafeMutableBytes { output -> Int in
                var source = bytes.baseAddress.map {
                    UnsafeMutablePointer(mutating: ($0 + position).assumingMemoryBound(to: CChar.self))
                }
                var target = output.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
                var (left, free) = (bytes.count - position, room)
                if iconv(handle, &source, &left, &target, &free) == -1 { stop = Self.stop(errno) }
                if stop == .end { _ = iconv(handle, nil, nil, &target, &free) }
                position = bytes.count - left
                return room - free
            }
            return written
        }
        output.removeLast(room - written)
        return stop
    }

    private static func stop(_ error: Int32) -> Stop {
        switch error {
        case E2BIG: .full
        case EINVAL: .incomplete
        default: .malformed
        }
    }

    /// Forgets what earlier bytes shifted to.
    func reset() { _ = iconv(handle, nil, nil, nil, nil) }

    /// What one byte means by itself.
    func scalar(_ byte: UInt8) -> Unicode.Scalar? {
        reset()
        var position = 0
        var output: [UInt8] = []
        // Some converters hold a letter back until they know that no accent follows: the space says so.
        guard convert([byte, 0x20], from: &position, to: &output) == .end, output.last == 0x20 else { return nil }
        return String(decoding: output.dropLast(), as: UTF8.self).unicodeScalars.first
    }
}

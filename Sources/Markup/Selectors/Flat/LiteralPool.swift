/// The texts of a selector while it is compiled, one behind the other.
struct LiteralPool {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ text: String) -> ByteSpan {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        return ByteSpan(start: UInt32(start), count: UInt32(bytes.count - start))
    }
}

/// The texts of a compiled selector, lent while it is answered.
struct Literals {
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    @inline(__always)
    func buffer(_ span: ByteSpan) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<Int(span.start + span.count)])
    }
}

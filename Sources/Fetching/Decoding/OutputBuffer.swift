/// Room for decoded bytes that grows up to a limit.
///
/// The room is one array that becomes the result: what a page costs here is mostly the first touch of its memory.
struct OutputBuffer {
    private var storage: [UInt8]
    private let limit: Int
    private(set) var count = 0

    /// - Parameter expected: How many bytes are likely; any value is safe.
    init(expecting expected: Int, limit: Int) {
        self.limit = max(0, limit)
        storage = Array(repeating: 0, count: min(self.limit, max(4096, expected)))
    }

    var isFull: Bool { count == storage.count }

    /// Lends the free part; the body says how many bytes of it are filled now.
    mutating func fill<Result>(_ body: (UnsafeMutableBufferPointer<UInt8>, inout Int) -> Result) -> Result {
        var filled = 0
        let result = storage.withUnsafeMutableBufferPointer { body(.init(rebasing: $0[count...]), &filled) }
        count += min(filled, storage.count - count)
        return result
    }

    /// Whether there is more room than before; false at the limit.
    mutating func grow() -> Bool {
        guard storage.count < limit else { return false }
        storage.append(contentsOf: repeatElement(0, count: min(limit - storage.count, storage.count)))
        return true
    }

    consuming func bytes() -> [UInt8] {
        storage.removeLast(storage.count - count)
        return storage
    }
}

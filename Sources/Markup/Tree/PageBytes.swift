import Glibc

/// The bytes of a page with zeros behind them, so that looking a few bytes ahead never leaves the block.
final class PageBytes {
    /// Zeros behind the page.
    static let padding = 32

    private(set) var pointer: UnsafeMutablePointer<UInt8>
    /// Bytes of the page itself.
    let count: Int
    /// Where what is appended starts.
    var end: Int { count + Self.padding }

    private let capacity: Int

    /// Copies a page; nil when there is no memory.
    init?(copying page: UnsafeBufferPointer<UInt8>) {
        // Room for what pages mostly have written anew.
        capacity = page.count + Self.padding + page.count / 16
        guard let block = malloc(capacity) else { return nil }
        pointer = block.assumingMemoryBound(to: UInt8.self)
        count = page.count
        if let start = page.baseAddress { memcpy(block, start, page.count) }
        memset(block + page.count, 0, Self.padding)
    }

    deinit { free(pointer) }

    /// Puts bytes behind the page; false when there is no memory.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.baseAddress else { return true }
        if end + bytes.count > capacity {
            guard let block = realloc(pointer, end + bytes.count) else { return false }
            pointer = block.assumingMemoryBound(to: UInt8.self)
        }
        (pointer + end).update(from: first, count: bytes.count)
        return true
    }
}

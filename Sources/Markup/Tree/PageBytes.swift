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

    /// Copies a page; nil when there is no memory.
    init?(copying page: UnsafeBufferPointer<UInt8>) {
        guard let block = malloc(page.count + Self.padding) else { return nil }
        pointer = block.assumingMemoryBound(to: UInt8.self)
        count = page.count
        if let start = page.baseAddress { memcpy(block, start, page.count) }
        memset(block + page.count, 0, Self.padding)
    }

    deinit { free(pointer) }

    /// Puts bytes behind the page; false when there is no memory.
    func append(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return true }
        guard let block = realloc(pointer, end + bytes.count) else { return false }
        pointer = block.assumingMemoryBound(to: UInt8.self)
        bytes.withUnsafeBufferPointer {
            (pointer + end).update(from: $0.baseAddress ?? UnsafePointer(pointer), count: $0.count)
        }
        return true
    }
}

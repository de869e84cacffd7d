import Glibc

/// Memory for a matrix of hundreds of megabytes, zeros at first; in pages of 2 MiB where the system has them.
///
/// What is read here and there in such a matrix waits longer for the tables that say where its pages are than for the values, unless the
/// pages are few. Given back to the system as soon as it is let go, and in parts before.
///
/// Not `Sendable`: its owner says who reads and writes when.
final class LargePages {
    let base: UnsafeMutableRawPointer
    private let start: UnsafeMutableRawPointer
    private let byteCount: Int
    /// Up to here the content has been given back.
    private var released = 0

    private static let pageBytes = 2 << 20

    init(byteCount: Int) {
        // Room for the first whole page to begin.
        self.byteCount = byteCount + Self.pageBytes
        let memory = mmap(nil, self.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else { preconditionFailure("no memory for \(byteCount) bytes") }
        start = memory
        base = memory.alignedUp(toMultipleOf: Self.pageBytes)
        madvise(base, byteCount, MADV_HUGEPAGE)
    }

    deinit { munmap(start, byteCount) }

    /// Gives back what lies before an offset: it is not to be read any more.
    func release(before offset: Int) {
        let end = offset / Self.pageBytes * Self.pageBytes
        guard end > released else { return }
        madvise(base + released, end - released, MADV_DONTNEED)
        released = end
    }
}

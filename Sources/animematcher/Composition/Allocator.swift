import CMalloc

/// How the C library keeps memory.
enum Allocator {
    /// Keeps what a page takes for the next one.
    ///
    /// Pages are larger than the 128 KiB from which glibc asks the system for each block by itself; giving those back and getting them again
    /// costs more than reading the page. And of arenas, of which each thread may get one, two are enough: what one thread gives back
    /// another can take.
    static func keepPages() {
        mallopt(M_MMAP_THRESHOLD, 4 << 20)
        mallopt(M_TRIM_THRESHOLD, 16 << 20)
        mallopt(M_TOP_PAD, 1 << 20)
        mallopt(M_ARENA_MAX, 2)
    }
}

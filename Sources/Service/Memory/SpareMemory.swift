import CMalloc

/// What the C library keeps of memory that was given back to it.
///
/// Each index version takes some hundred megabytes for some seconds. Left to itself the library keeps what is free between blocks that are in
/// use, in an arena for nearly each thread, and takes more from the system each time: 1.1 GB in use were 1.9 GB of the process after a few
/// versions.
public enum SpareMemory {
    /// Blocks from so many bytes on are taken from the system one by one and given back at once. Said once, it also ends the library's habit of
    /// raising this to the size of what is freed, up to 32 MiB. What an answer to a request takes is smaller.
    private static let mappedFrom: Int32 = 256 << 10

    /// Arenas at most: one for each thread there is. A thread that answers would wait for one that gives way, and may be held up with the
    /// lock, where both take from one.
    private static let arenas: Int32 = 128

    /// To be called when the process begins.
    public static func limit() {
        mallopt(M_MMAP_THRESHOLD, mappedFrom)
        mallopt(M_ARENA_MAX, arenas)
    }

    /// Gives back pages that lie between blocks in use; takes some ten milliseconds, in which who needs memory of the same arena waits: not on
    /// threads that answer.
    static func giveBack() { malloc_trim(0) }
}

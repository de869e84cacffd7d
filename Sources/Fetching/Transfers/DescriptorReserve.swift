import Glibc

/// The last descriptors of the process, which no connection takes.
///
/// The rest of the process cannot do without: libdispatch, which runs Swift's tasks, ends the process when it cannot open
/// `/proc/self/task/*/stat` to see which of its threads sleep.
enum DescriptorReserve {
    /// Whether a descriptor just opened is one of the last; the kernel always gives the smallest that is free.
    static func includes(_ descriptor: Int32) -> Bool {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return false }
        return descriptor >= first(ofLimit: limit.rlim_cur)
    }

    /// The first that is kept back, of a limit on the number of open files.
    static func first(ofLimit limit: rlim_t) -> rlim_t { limit - min(size, limit / 4) }

    private static let size: rlim_t = 32
}

import Glibc

/// How many files and connections this process may have open.
public enum DescriptorLimit {
    /// More are never asked for: what a process starts inherits the limit, and some walk through all numbers below it.
    static let mostWanted: rlim_t = 16_384

    /// Lets this process have as many as the system allows it, 16,384 at most; what cannot be had is left as it is.
    public static func raise() {
        guard var limit = current else { return }
        let wanted = min(limit.rlim_max, mostWanted)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// How many it may have open now.
    public static var open: Int { current.map { Int(clamping: $0.rlim_cur) } ?? 1_024 }

    /// How many of them are nobody's: what connections may use, the last ones left to the runtime.
    public static var usable: Int { Int(clamping: DescriptorReserve.first(ofLimit: rlim_t(open))) }

    private static var current: rlimit? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
    }
}

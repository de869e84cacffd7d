/// Proves from an access log how politely hosts were asked: what lay between the end of one answer and the next request.
///
/// An answer that had not ended when the next request came counts as a gap below zero. Whoever asked, on whichever connection: the gap
/// is the host's.
public struct GapCheck: Sendable {
    /// Two requests to one host, one after the other.
    public struct Gap: Sendable, Hashable, CustomStringConvertible {
        /// The host both went to.
        public let host: String
        /// From the end of the earlier answer to the later request.
        public let duration: Duration
        /// What the gap had to be at least.
        public let promise: Duration
        /// The later request.
        public let target: String

        public var description: String { "\(host)\(target): asked after \(duration), promised \(promise)" }
    }

    /// Host → its shortest gap; hosts asked once have none.
    public private(set) var smallestGaps: [String: Duration] = [:]
    private var gaps: [Gap] = []
    private var early: [Gap] = []

    /// Reads a log; the order of its entries does not matter.
    public init(_ entries: [AccessLogEntry]) {
        for (host, entries) in Dictionary(grouping: entries, by: \.host) { read(entries, host) }
    }

    /// The shortest gap of all hosts; nil when no host was asked twice.
    public var smallestGap: Duration? { smallestGaps.values.min() }

    /// Where less was kept than promised.
    public func violations(of promise: Duration) -> [Gap] {
        gaps.filter { $0.duration < promise }.map {
            Gap(host: $0.host, duration: $0.duration, promise: promise, target: $0.target)
        }
    }

    /// Where a host was asked before its Retry-After had passed.
    public var retryAfterViolations: [Gap] { early }

    private mutating func read(_ entries: [AccessLogEntry], _ host: String) {
        var end: Int64?
        var notBefore: (asked: Int64, until: Int64)?
        for entry in entries.sorted(by: { ($0.arrived, $0.finished) < ($1.arrived, $1.finished) }) {
            if let end {
                let gap = Duration.microseconds(entry.arrived - end)
                gaps.append(Gap(host: host, duration: gap, promise: .zero, target: entry.path))
                smallestGaps[host] = min(smallestGaps[host] ?? gap, gap)
            }
            if let (asked, until) = notBefore, entry.arrived < until {
                early.append(
                    Gap(
                        host: host, duration: .microseconds(entry.arrived - asked),
                        promise: .microseconds(until - asked), target: entry.path))
            }
            end = max(end ?? entry.finished, entry.finished)
            if let until = entry.notBefore, until > notBefore?.until ?? .min { notBefore = (entry.finished, until) }
        }
    }
}

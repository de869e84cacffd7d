public import CrawlDomain
public import struct Foundation.Date

/// How long what is waiting will take at least, as politeness has it.
///
/// A host with `n` URLs waiting, `a` seconds for an answer and `d` from there to the next request is done no earlier than `n·a + (n - 1)·d`
/// after it opens; hosts are worked on at once, so the slowest decides, but no more of them than there are workers. Links that are found on
/// the way are not foreseen.
public struct CrawlForecast: Sendable, Hashable {
    /// Seconds until everything that waits is had; zero when nothing waits.
    public let seconds: Double
    /// The host that takes longest; nil when nothing waits.
    public let slowestHost: String?
    /// URLs that wait, those of paused hosts left out.
    public let waiting: Int
    /// URLs of hosts that are paused, for which there is no telling.
    public let paused: Int

    /// Looks ahead.
    ///
    /// - Parameters:
    ///   - backlog: What waits.
    ///   - paces: How the hosts are asked; one that was not asked yet is taken to be as slow as the slowest promise.
    ///   - concurrentHosts: Hosts worked on at once.
    ///   - sharedDelay: Seconds from the end of any answer to the next request, where hosts share a turn; zero where they share none.
    public init(
        backlog: [HostBacklog], paces: [HostPace], concurrentHosts: Int, sharedDelay: Double = 0, now: Date
    ) {
        let known = Dictionary(paces.map { ($0.host, $0) }, uniquingKeysWith: { $1 })
        let requests = max(1, paces.reduce(0) { $0 + $1.requests })
        let usualAnswer = paces.reduce(0) { $0 + $1.answerSeconds } / Double(requests)
        let usualDelay = paces.map(\.promiseSeconds).max() ?? 0
        var (work, slowest, count, paused): (Double, (seconds: Double, host: String?), Int, Int) = (0, (0, nil), 0, 0)
        for host in backlog where host.waiting + host.retrying > 0 {
            let urls = host.waiting + host.retrying
            guard !host.isPaused else {
                paused += urls
                continue
            }
            let pace = known[host.host]
            let asked = pace.flatMap { $0.requests > 0 ? $0 : nil }
            let answer = asked.map { $0.answerSeconds / Double($0.requests) } ?? usualAnswer
            let delay = pace?.delaySeconds ?? max(host.delaySeconds ?? 0, usualDelay)
            let own = Double(urls) * answer + Double(urls - 1) * delay
            let end = max(0, host.notBefore?.timeIntervalSince(now) ?? 0) + own
            work += own
            count += urls
            if end > slowest.seconds || slowest.host == nil { slowest = (end, host.host) }
        }
        // A turn is nobody else's while its answer is under way.
        let shared = sharedDelay > 0 && count > 0 ? Double(count) * usualAnswer + Double(count - 1) * sharedDelay : 0
        seconds = max(slowest.seconds, work / Double(max(1, concurrentHosts)), shared)
        slowestHost = slowest.host
        waiting = count
        self.paused = paused
    }
}

public import CrawlDomain
public import Foundation

extension HostSchedule {
    /// Goes on where an earlier lease of the host ended, whoever held it.
    ///
    /// What is remembered is a time of day, which may have been set since. A time too far away is clamped to what can be meant; where a
    /// holder has died, nobody knows when its last answer ended, and the whole delay is waited.
    public init(promise: Promise, remembering memory: HostMemory, now: Instant, wallClock: Date) {
        let delay = max(promise.delay, memory.delaySeconds.map { .seconds($0) } ?? .zero)
        let isPlain = memory.closedReason == nil && memory.failures == 0
        let longest = isPlain ? delay : CircuitBreaker.longestPause
        let left = Duration.seconds(max(0, memory.notBefore?.timeIntervalSince(wallClock) ?? 0))
        let least: Duration = memory.isInUse ? delay : .zero
        self.init(
            promise: promise, delay: delay, failures: memory.failures, notBefore: now + max(min(left, longest), least),
            closedReason: memory.closedReason, recentReads: memory.recentReads)
    }

    /// What must be remembered, with the robots.txt of `memory`.
    public func remembered(in memory: HostMemory, isInUse: Bool, now: Instant, wallClock: Date) -> HostMemory {
        var memory = memory
        memory.failures = failures
        memory.delaySeconds = delay.seconds
        memory.closedReason = closedReason
        memory.recentReads = recentReads
        memory.isInUse = isInUse
        memory.notBefore = wallClock.addingTimeInterval(wait(now: now).seconds)
        return memory
    }
}

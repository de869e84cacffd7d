public import CrawlDomain

extension HostSchedule {
    /// Goes on where an earlier lease of the host ended, whoever held it.
    ///
    /// What is left of a gap is by the database's clock, which may have been set since: too long a wait is clamped to what can be meant.
    /// Where a holder has died, nobody knows when its last answer ended, and the whole delay is waited.
    public init(promise: Promise, remembering memory: HostMemory, now: Instant) {
        let delay = max(promise.delay, memory.delaySeconds.map { .seconds($0) } ?? .zero)
        let isPlain = memory.closedReason == nil && memory.failures == 0
        let longest = isPlain ? delay : CircuitBreaker.longestPause
        let least: Duration = memory.isInUse ? delay : .zero
        self.init(
            promise: promise, delay: delay, failures: memory.failures,
            notBefore: now + max(min(memory.wait, longest), least),
            closedReason: memory.closedReason, recentReads: memory.recentReads)
    }

    /// What must be remembered, with the robots.txt of `memory`.
    public func remembered(in memory: HostMemory, isInUse: Bool, now: Instant) -> HostMemory {
        var memory = memory
        memory.failures = failures
        memory.delaySeconds = delay.seconds
        memory.closedReason = closedReason
        memory.recentReads = recentReads
        memory.isInUse = isInUse
        memory.wait = wait(now: now)
        return memory
    }
}

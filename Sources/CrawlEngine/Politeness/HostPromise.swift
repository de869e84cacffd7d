extension HostSchedule {
    /// What was promised to the host.
    public struct Promise: Sendable, Hashable {
        /// The longest of the floor, the spider's delay and the site's `Crawl-delay` (or the gap its `Request-rate` asks for).
        public let delay: Duration
        /// Failures in a row after which the host is left alone.
        public let failuresBeforeOpening: Int
        /// How long it is left alone the first time; doubles with every failed probe, up to a day.
        public let probeAfter: Duration

        /// Makes a promise.
        public init(
            floor: Duration, spiderDelay: Duration, crawlDelay: Duration?, failuresBeforeOpening: Int = 8,
            probeAfter: Duration = .seconds(300)
        ) {
            delay = max(floor, spiderDelay, crawlDelay ?? .zero)
            self.failuresBeforeOpening = failuresBeforeOpening
            self.probeAfter = probeAfter
        }
    }
}

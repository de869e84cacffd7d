extension HostSchedule {
    /// What was promised to the host.
    public struct Promise: Sendable, Hashable {
        /// The longest of the floor, the spider's delay and the site's `Crawl-delay` (or the gap its `Request-rate` asks for).
        public let delay: Duration
        /// Whose delay that is: "robots.txt", "the spider" or "the floor for public hosts".
        public let reason: String
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
            reason =
                if delay == .zero { "none" } else if delay == crawlDelay { "robots.txt" } else if delay == spiderDelay {
                    "the spider"
                } else { "the floor for public hosts" }
            self.failuresBeforeOpening = failuresBeforeOpening
            self.probeAfter = probeAfter
        }
    }
}

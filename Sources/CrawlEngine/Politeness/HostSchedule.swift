/// When one host may be asked, and when it is left alone.
///
/// A value that takes the time: it never sleeps and does no I/O. Gaps are counted from the *end* of the last answer, on a clock that
/// no adjustment of the wall clock moves.
public struct HostSchedule: Sendable {
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

    /// How an exchange ended, as far as the host's health goes.
    public enum Answer: Sendable, Hashable {
        /// The host answered this page, whatever the status; `latency` is to the first byte.
        case answered(status: Int, latency: Duration)
        /// It asked to be left alone (429, 503), for a stated time or not.
        case overloaded(status: Int, retryAfter: Duration?)
        /// No answer, or a 5xx.
        case failed
        /// It told us to go away: a captcha, a 403, a login wall.
        case blocked
    }

    /// A moment on a clock that only goes forward.
    public typealias Instant = ContinuousClock.Instant

    /// What was promised. A longer delay that is learnt later, from robots.txt, counts from the last answer too.
    public var promise: Promise {
        didSet {
            delay = max(delay, leastDelay)
            if let lastAnswer { notBefore = max(notBefore, lastAnswer + delay) }
        }
    }
    /// What the operator asks for beyond the promise. Less than before is heard at once, unless the host is left alone for its own sake.
    public var instructedDelay: Duration? {
        didSet {
            guard instructedDelay != oldValue else { return }
            // What was only kept because it was asked for goes; what the host's latency made stays.
            let isAsked = delay == max(promise.delay, oldValue ?? .zero)
            delay = isAsked ? leastDelay : max(delay, leastDelay)
            guard let lastAnswer, failures == 0, closedReason == nil else { return }
            notBefore = lastAnswer + delay
        }
    }
    private var leastDelay: Duration { max(promise.delay, instructedDelay ?? .zero) }
    /// Where the delay comes from: the promise, the operator, or how slowly the host answers.
    public var delayReason: String {
        if delay > leastDelay { return "the host's latency" }
        return leastDelay > promise.delay ? "the operator" : promise.reason
    }
    private var lastAnswer: Instant?
    /// The current, adapted delay; never below the promise.
    public private(set) var delay: Duration
    /// Failures in a row.
    public private(set) var failures: Int
    /// The host must not be asked before this.
    public private(set) var notBefore: Instant
    /// Why it is left alone, when that is not just the delay.
    public private(set) var closedReason: String?

    /// Makes the schedule of a host.
    ///
    /// - Parameters:
    ///   - delay: The adapted delay of an earlier run, if any.
    ///   - notBefore: What is left of an earlier run's promise.
    public init(
        promise: Promise, delay: Duration? = nil, failures: Int = 0, notBefore: Instant, closedReason: String? = nil
    ) {
        self.promise = promise
        self.delay = max(delay ?? .zero, promise.delay)
        self.failures = failures
        self.notBefore = notBefore
        self.closedReason = closedReason
    }

    /// How long to wait before the next request; zero when it may be made now.
    public func wait(now: Instant) -> Duration { max(.zero, now.duration(to: notBefore)) }

    /// Takes note of an answer that ended at `now`.
    ///
    /// - Parameter jitter: Uniform in 0…1, for the back-off (full jitter).
    public mutating func record(_ answer: Answer, now: Instant, jitter: Double) {
        lastAnswer = now
        switch answer {
        case .answered(let status, let latency):
            failures = 0
            closedReason = nil
            let throttle = AutoThrottle(minimumDelay: leastDelay, maximumDelay: max(leastDelay, .seconds(60)))
            // Where nothing is promised nothing is kept, whatever an earlier run kept.
            delay = leastDelay > .zero ? throttle.delay(after: delay, latency: latency, status: status) : .zero
            notBefore = now + delay
        case .overloaded(let status, let retryAfter):
            failures += 1
            let pause = retryAfter ?? Backoff.overload.delay(attempt: failures, jitter: jitter)
            leaveAlone(for: max(pause, delay), from: now, because: "answered \(status), asked again after \(pause)")
        case .failed:
            failures += 1
            let pause = Backoff.failure.delay(attempt: failures, jitter: jitter)
            guard failures >= promise.failuresBeforeOpening else {
                notBefore = now + max(pause, delay)
                return
            }
            leaveAlone(for: probeDelay, from: now, because: "\(failures) failures in a row")
        case .blocked:
            failures = max(failures + 1, promise.failuresBeforeOpening)
            leaveAlone(for: probeDelay, from: now, because: "blocked us")
        }
    }

    private var probeDelay: Duration {
        let doublings = min(max(0, failures - promise.failuresBeforeOpening), 16)
        return min(promise.probeAfter * (1 << doublings), .seconds(86_400))
    }

    /// Keeps everybody away for a while; `reason` is shown to the operator.
    mutating func leaveAlone(for pause: Duration, from now: Instant, because reason: String) {
        notBefore = max(notBefore, now + pause)
        closedReason = reason
    }
}

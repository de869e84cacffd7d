/// When one host may be asked, and when it is left alone.
///
/// A value that takes the time: it never sleeps and does no I/O. Gaps are counted from the *end* of the last answer, on a clock that
/// no adjustment of the wall clock moves. One request at a time: `begin`, then `record` or `withdraw`.
public struct HostSchedule: Sendable {
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
    /// Shorter pauses after failures are not spoken of.
    private static let worthTelling: Duration = .seconds(10)
    private var lastAnswer: Instant?
    private var isAsking = false
    private var breaker: CircuitBreaker
    private var watch: BlockWatch
    /// The current, adapted delay; never below the promise.
    public private(set) var delay: Duration
    /// The host must not be asked before this.
    public private(set) var notBefore: Instant
    /// Why it is left alone, when that is not just the delay.
    public private(set) var closedReason: String?

    /// Makes the schedule of a host.
    ///
    /// - Parameters:
    ///   - delay: The adapted delay of an earlier run, if any.
    ///   - notBefore: What is left of an earlier run's promise.
    ///   - recentReads: What the last pages were like, as ``recentReads`` said.
    public init(
        promise: Promise, delay: Duration? = nil, failures: Int = 0, notBefore: Instant, closedReason: String? = nil,
        recentReads: String = ""
    ) {
        self.promise = promise
        self.delay = max(delay ?? .zero, promise.delay)
        self.notBefore = notBefore
        self.closedReason = closedReason
        breaker = CircuitBreaker(
            threshold: promise.failuresBeforeOpening, firstPause: promise.probeAfter, failures: failures,
            openUntil: notBefore)
        watch = BlockWatch(remembering: recentReads)
    }

    /// Whether the host has told us to go away, and has not served us since.
    public private(set) var isBlocked = false
    /// Failures in a row.
    public var failures: Int { breaker.failures }
    /// What the last pages were like, to be remembered.
    public var recentReads: String { watch.text }

    /// How long to wait before the next request; zero when it may be made now.
    public func wait(now: Instant) -> Duration { max(.zero, now.duration(to: notBefore)) }

    /// Lets one request out; false while it must wait or another one is on its way.
    public mutating func begin(now: Instant) -> Bool {
        guard !isAsking, now >= notBefore, breaker.permit(now: now) else { return false }
        isAsking = true
        return true
    }

    /// Takes note that a request ended at `now` without saying anything of the host, because we gave it up.
    public mutating func withdraw(now: Instant) {
        end(at: now)
        breaker.withdraw(now: now)
    }

    /// Takes note of an answer that ended at `now`.
    ///
    /// - Parameter jitter: Uniform in 0…1, for the back-off (full jitter).
    public mutating func record(_ answer: HostAnswer, now: Instant, jitter: Double) {
        adapt(to: answer)
        end(at: now)
        switch answer {
        case .answered:
            guard !look(at: .good, now: now) else { return }
            breaker.succeed()
            isBlocked = false
            closedReason = nil
        case .rules:
            breaker.withdraw(now: now)
            if failures < breaker.threshold { closedReason = nil }
        case .reduced: pause(after: .reduced, isBlock: look(at: .reduced, now: now), now: now, jitter: jitter)
        case .refused: pause(after: .refused, isBlock: look(at: .refused, now: now), now: now, jitter: jitter)
        case .overloaded(let status, let retryAfter):
            let opened = breaker.fail(now: now)
            let backoff = FailureClass.overload.hostBackoff.delay(attempt: failures, jitter: jitter)
            let pause = max(retryAfter ?? backoff, opened ?? .zero)
            leaveAlone(
                for: max(pause, delay), from: now,
                because: "answered \(status), asked again after \(Int64(pause.seconds.rounded(.up))) seconds")
        case .failed(let kind):
            let opened = breaker.fail(now: now)
            let pause = opened ?? kind.hostBackoff.delay(attempt: failures, jitter: jitter)
            guard opened != nil || pause >= Self.worthTelling else {
                notBefore = max(notBefore, now + pause)
                return
            }
            leaveAlone(
                for: pause, from: now, because: failures == 1 ? "a failure" : "\(failures) failures in a row")
        case .blocked(let reason): block(because: reason, now: now)
        }
    }

    /// Takes note of what storing the last pages showed: some were poorer than what was known of them.
    public mutating func revise(_ reads: [BlockWatch.Read], now: Instant) {
        if let reason = watch.revise(reads) { block(because: reason, now: now) }
    }

    /// Keeps everybody away for a while; `reason` is shown to the operator.
    public mutating func leaveAlone(for pause: Duration, from now: Instant, because reason: String) {
        notBefore = max(notBefore, now + pause)
        closedReason = reason
    }

    /// Waits for what the host has nothing to do with, such as a turn that it shares.
    public mutating func wait(until moment: Instant) { notBefore = max(notBefore, moment) }

    private mutating func end(at now: Instant) {
        isAsking = false
        lastAnswer = now
        notBefore = max(notBefore, now + delay)
    }

    private mutating func adapt(to answer: HostAnswer) {
        guard let (status, latency) = answer.pace else { return }
        let throttle = AutoThrottle(minimumDelay: leastDelay, maximumDelay: max(leastDelay, .seconds(60)))
        // Where nothing is promised nothing is kept, whatever an earlier run kept.
        delay = leastDelay > .zero ? throttle.delay(after: delay, latency: latency, status: status) : .zero
    }

    /// Whether the page makes the host one that blocks us; while it is probed, one bad page does.
    private mutating func look(at read: BlockWatch.Read, now: Instant) -> Bool {
        let isProbe = failures >= breaker.threshold
        guard let reason = watch.add(read) ?? (isProbe && read != .good ? "blocks us still" : nil) else { return false }
        block(because: reason, now: now)
        return true
    }

    private mutating func pause(after kind: FailureClass, isBlock: Bool, now: Instant, jitter: Double) {
        guard !isBlock, leastDelay > .zero else { return }
        notBefore = max(notBefore, now + kind.hostBackoff.delay(attempt: 1, jitter: jitter))
    }

    private mutating func block(because reason: String, now: Instant) {
        isBlocked = true
        leaveAlone(for: breaker.block(now: now), from: now, because: reason)
    }
}

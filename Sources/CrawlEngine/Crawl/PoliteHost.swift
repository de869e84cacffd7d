import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// Why a request was not made: nothing was sent, and nothing was learnt.
enum AskError: Error {
    /// Not now: the host is to be left alone for longer than a worker waits, the run ends, the lease is lost.
    case notAsked
    /// The database did not answer.
    case storage(any Error)
    /// It was sent, and there is no answer.
    case failed(FetchError)
}

/// One leased host as politeness sees it. Every request to it goes through here and waits for the host's turn, for those it shares with
/// other hosts, and for the day's budget.
struct PoliteHost {
    private(set) var schedule: HostSchedule
    /// What is known of the host, robots.txt above all.
    private(set) var memory: HostMemory
    /// Where its robots.txt is; nil for a host that is none.
    let robots: WebURL?
    let heartbeat: LeaseHeartbeat
    private let context: CrawlContext
    private let lease: HostLease
    private let clock = ContinuousClock()
    private var turns: SharedTurns?
    private var gate: RobotsGate?
    /// The promise under which the database knows that the host is being asked.
    private var marked: Duration?
    private var rememberedReason: String?

    /// - Parameter since: From before the lease was asked for.
    init(context: CrawlContext, lease: HostLease, memory: HostMemory, since: ContinuousClock.Instant) {
        self.context = context
        self.lease = lease
        self.memory = memory
        heartbeat = LeaseHeartbeat(lease, seconds: context.limits.leaseSeconds, since: since)
        let robots = context.profile.robotsURL(host: lease.host, scheme: memory.scheme)
        self.robots = robots
        schedule = HostSchedule(
            promise: robots.map { context.profile.promise(to: $0, crawlDelay: nil) }
                ?? .init(floor: CrawlProfile.publicFloor, spiderDelay: .zero, crawlDelay: nil),
            remembering: memory, now: .now)
        if let kept = context.pauses.until(lease.host) { schedule.wait(until: kept) }
        turns = robots.flatMap(context.turns(ofHostAt:))
    }

    /// How long until the host's own turn.
    var wait: Duration { schedule.wait(now: clock.now) }

    /// Takes up what the operator asks of this host; false when it must not be asked now.
    mutating func obey() -> Bool {
        schedule.instructedDelay = context.monitor.instructions.delay(of: lease.host)
        context.monitor.note(host: lease.host, schedule)
        return !isOver
    }

    /// Asks when all turns have come; the caller records what the answer says of the host.
    ///
    /// - Parameters:
    ///   - isRules: Whether it is robots.txt, which may be asked for at any hour.
    ///   - longestWait: A wait longer than this is not waited.
    ///   - suspect: Whoever held this URL before died, perhaps of it: if we do too, that is known. Marked at the last moment, since a
    ///     URL that was not asked after all has killed nobody.
    mutating func ask(
        _ request: FetchRequest, isRules: Bool = false, longestWait: Duration? = nil, suspect: LeasedURL? = nil
    ) async throws(AskError) -> Exchange {
        let longestWait = longestWait ?? context.limits.longestWait
        let asked = clock.now
        let held = try await takeTurns(for: request, isRules: isRules, longestWait: longestWait, suspect: suspect)
        let begin = clock.now
        context.monitor.count { $0.waitMilliseconds += Int(asked.duration(to: begin) / .milliseconds(1)) }
        do throws(FetchError) {
            defer { context.monitor.noteRequest(to: lease.host, sharing: held?.turns ?? [], from: begin) }
            let fetcher = context.fetcher
            let exchange = try await heartbeat.whileHeld { stop throws(FetchError) in
                try await fetcher.exchange(request, until: stop)
            }
            await end(held, exchange.response)
            return exchange
        } catch {
            await end(held, nil)
            guard error.code != .cancelled else {
                schedule.withdraw(now: clock.now)
                throw .notAsked
            }
            record(.failed(FailureClass(fetchCode: error.code.rawValue)), at: clock.now)
            throw .failed(error)
        }
    }

    /// Tells the schedule how the host took a request.
    mutating func record(_ answer: HostAnswer, at end: HostSchedule.Instant) {
        schedule.record(answer, now: end, jitter: context.jitter())
    }

    /// Takes what robots.txt says, for all requests from now on.
    mutating func take(_ rules: HostMemory.Robots, from url: WebURL) -> RobotsGate {
        memory.robots = rules
        let gate = RobotsGate(rules, agent: CrawlProfile.productToken)
        schedule.promise = context.profile.promise(to: url, crawlDelay: gate.crawlDelay(at: Date()))
        context.revisits.note(delay: schedule.promise.delay)
        self.gate = gate
        return gate
    }

    /// Whether robots.txt allows visits at this hour; else the host is left alone until it does.
    mutating func isOpen() -> Bool {
        guard let closure = gate?.closure(at: Date()) else { return true }
        leaveAlone(for: closure.time, because: closure.reason)
        return false
    }

    /// Keeps everybody away for a while; `reason` is shown to the operator.
    mutating func leaveAlone(for pause: Duration, because reason: String) {
        schedule.leaveAlone(for: pause, from: clock.now, because: reason)
    }

    /// Takes note of what storing the last pages showed.
    mutating func revise(_ reads: [BlockWatch.Read]) { schedule.revise(reads, now: clock.now) }

    /// Tells the database, and the other hosts of the site at this address, that the host is to be left alone, if that is new.
    mutating func rememberClosure() async throws {
        guard schedule.closedReason != rememberedReason else { return }
        rememberedReason = schedule.closedReason
        guard rememberedReason != nil else { return }
        context.monitor.note(host: lease.host, closed: closure)
        // Not cancelled with the run: it is what the next one must know.
        let (frontier, lease, memory) = (context.frontier, lease, remembered(isInUse: marked != nil))
        try await Task { try await frontier.remember(memory, of: lease) }.value
        if schedule.isBlocked { try await turns?.block(for: wait) }
    }

    /// Lets this process remember when the host may be asked again, also when the lease was lost.
    func notePause() { context.pauses.note(lease.host, until: schedule.notBefore) }

    /// Gives the lease back with what must be remembered.
    func release() async throws {
        context.monitor.note(host: lease.host, closed: closure)
        let (frontier, lease, final) = (context.frontier, lease, remembered(isInUse: false))
        try await Task { try await frontier.release(lease, memory: final) }.value
    }

    /// Why and until when the host is left alone, for the operator.
    private var closure: String? {
        schedule.closedReason.map {
            wait > .zero ? "\($0), until \(Date().addingTimeInterval(wait.seconds).formatted(.iso8601))" : $0
        }
    }

    private func remembered(isInUse: Bool) -> HostMemory {
        schedule.remembered(in: memory, isInUse: isInUse, now: clock.now)
    }

    private var isOver: Bool { !context.monitor.mayAsk(lease.host) || isLost }
    private var isLost: Bool { Task.isCancelled || !heartbeat.isHeld }
    /// Whether a request must not go out though it was taken from the budget.
    private var isTakenBack: Bool { !context.monitor.maySpend(lease.host) || isLost }
}

extension PoliteHost {
    /// Waits for the host's own turn; false when that takes too long, or nothing more is to be asked.
    private mutating func waitForTurn(longestWait: Duration) async -> Bool {
        while obey(), wait > .zero {
            guard wait <= longestWait else { return false }
            // In steps, so that what the operator asks meanwhile is heard.
            try? await clock.sleep(for: min(wait, .seconds(1)))
        }
        return !isOver
    }

    /// Waits for the host's turn and takes those it shares; then the request goes out.
    private mutating func takeTurns(
        for request: FetchRequest, isRules: Bool, longestWait: Duration, suspect: LeasedURL?
    ) async throws(AskError) -> SharedTurns.Held? {
        guard await waitForTurn(longestWait: longestWait) else { throw .notAsked }
        do {
            try await mark()
            let held = try await sharedTurns(for: request, longestWait: longestWait)
            do {
                guard !isOver, isRules || isOpen(), try await takeBudget(), !isTakenBack, held?.isOurs ?? true else {
                    throw AskError.notAsked
                }
                if let suspect { try await context.frontier.mark(suspect, of: lease) }
                guard !isTakenBack, schedule.begin(now: clock.now) else { throw AskError.notAsked }
                return held
            } catch {
                if let held { try await turns?.giveBack(held) }
                throw error
            }
        } catch let error as AskError {
            throw error
        } catch  where Task.isCancelled || error is CancellationError {
            // A database call of a cancelled task is refused in its own way.
            throw .notAsked
        } catch {
            throw .storage(error)
        }
    }

    /// Makes it known that the host is being asked, and under which promise: whoever takes it after our death waits the whole delay.
    private mutating func mark() async throws {
        guard schedule.promise.delay > .zero, marked != schedule.promise.delay else { return }
        try await context.frontier.remember(remembered(isInUse: true), of: lease)
        marked = schedule.promise.delay
    }

    private mutating func sharedTurns(
        for request: FetchRequest, longestWait: Duration
    ) async throws -> SharedTurns.Held? {
        guard var shared = turns else { return nil }
        let grant = try await shared.take(for: request, longestWait: longestWait, isOver: { isOver })
        turns = shared
        switch grant {
        case .taken(let held)?: return held
        case .wait(let left)?: schedule.wait(until: clock.now + left)
        case .blocked(let left, let address)?:
            leaveAlone(for: left, because: "the site blocked us at \(address)")
        case nil: break
        }
        throw AskError.notAsked
    }

    /// Whether the day's budget has a request left; where it has not, the run or the host ends for today.
    private mutating func takeBudget() async throws -> Bool {
        guard let used = try await context.budgets?.take(host: lease.host) else { return true }
        let tomorrow = Date().addingTimeInterval(used.dayLeft.seconds).formatted(.iso8601)
        if used.isSite {
            context.monitor.finish(
                because: "the daily budget of \(used.limit) requests is used up; it goes on at \(tomorrow)")
        } else {
            leaveAlone(for: used.dayLeft, because: "its daily budget of \(used.limit) requests is used up")
        }
        return false
    }

    private mutating func end(_ held: SharedTurns.Held?, _ response: FetchResponse?) async {
        guard let held else { return }
        let turns = turns
        do {
            // Not cancelled with the run: others wait for it.
            self.turns = try await Task {
                var turns = turns
                try await turns?.end(held, response: response)
                return turns
            }.value
        } catch {
            // The turn ends by itself, later.
            context.log.warning("a shared turn of \(lease.host) could not be ended: \(error)")
        }
    }
}

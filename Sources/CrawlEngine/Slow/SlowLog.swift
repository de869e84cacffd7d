public import Logging
import Synchronization

/// Logs what took longer than a bound, twenty lines a minute at most; what was left out is counted in the next line.
public final class SlowLog: Sendable {
    private let bound: @Sendable () -> Duration?
    private let log: Logger
    private let budget = Mutex(LineBudget())
    private let count = Atomic<Int>(0)

    /// - Parameters:
    ///   - bound: What is slow; nil for nothing.
    ///   - log: Where it is told, as warnings.
    public init(log: Logger, bound: @escaping @Sendable () -> Duration?) {
        self.bound = bound
        self.log = log
    }

    /// What took so long since the start, told or not.
    public var total: Int { count.load(ordering: .relaxed) }

    /// Logs what took so long, if that is too long.
    ///
    /// - Parameter metadata: Asked for only where the line is written.
    public func note(
        _ what: Logger.Message, _ elapsed: Duration, now: ContinuousClock.Instant = .now, log: Logger? = nil,
        metadata: () -> Logger.Metadata
    ) {
        guard let bound = bound(), elapsed > bound else { return }
        count.add(1, ordering: .relaxed)
        guard let leftOut = budget.withLock({ $0.take(now: now) }) else { return }
        var all = metadata()
        all["seconds"] = .seconds(elapsed)
        if leftOut > 0 { all["left_out"] = "\(leftOut)" }
        (log ?? self.log).warning(what, metadata: all)
    }
}

extension Logger.MetadataValue {
    /// A time in seconds, to the millisecond.
    public static func seconds(_ time: Duration) -> Logger.MetadataValue {
        .stringConvertible((time / .milliseconds(1)).rounded() / 1_000)
    }
}

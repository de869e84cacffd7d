import CrawlEngine
import Synchronization

/// Something that is costly to find out: the last answer is given at once, and a new one sought when the last is old enough for its cost.
///
/// Whoever asks first waits for the answer.
final class PacedReading<Value: Sendable>: Sendable {
    /// An answer.
    struct Reading: Sendable {
        let value: Value
        let at: ContinuousClock.Instant
        let cost: Duration
    }

    private struct State {
        var last: Reading?
        var underway: Task<Reading, any Error>?
    }

    private let pace: RefreshPace
    private let read: @Sendable () async throws -> Value
    private let state = Mutex(State())

    /// - Parameters:
    ///   - pace: How often it is asked at most.
    ///   - read: Finds it out.
    init(_ pace: RefreshPace = .init(shortest: .seconds(15)), read: @escaping @Sendable () async throws -> Value) {
        self.pace = pace
        self.read = read
    }

    /// The last answer; a first one that fails throws.
    func reading(now: ContinuousClock.Instant = .now) async throws -> Reading {
        let (last, underway) = state.withLock { state -> (Reading?, Task<Reading, any Error>?) in
            if let last = state.last, last.at.duration(to: now) < pace.pause(after: last.cost) { return (last, nil) }
            let task = state.underway ?? Task { try await self.refresh() }
            state.underway = task
            return (state.last, task)
        }
        if let last { return last }
        guard let underway else { throw CancellationError() }
        return try await underway.value
    }

    private func refresh() async throws -> Reading {
        let begin = ContinuousClock.now
        do {
            let value = try await read()
            let reading = Reading(value: value, at: .now, cost: begin.duration(to: .now))
            state.withLock { ($0.last, $0.underway) = (reading, nil) }
            return reading
        } catch {
            state.withLock { $0.underway = nil }
            throw error
        }
    }
}

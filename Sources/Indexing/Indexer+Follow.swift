public import Storage

extension Indexer {
    /// Folds in changes as they are written, until the task is cancelled; on a thread of its own.
    ///
    /// - Parameters:
    ///   - pace: How long changes wait for more.
    ///   - onUpdate: Called with each published version, the changes folded in and the time it took.
    public nonisolated func follow(
        pace: IndexingPace = IndexingPace(), onUpdate: @Sendable (IndexVersion, Int, Duration) async -> Void
    ) async throws {
        try await withTaskExecutorPreference(OwnThreadExecutor.writing) {
            try await follow(at: pace, onUpdate: onUpdate)
        }
    }

    private func follow(
        at pace: IndexingPace, onUpdate: @Sendable (IndexVersion, Int, Duration) async -> Void
    ) async throws {
        do {
            var waker = try await database.changes.waker()
            var gathering = ChangeGathering(pace)
            while !Task.isCancelled {
                let start = ContinuousClock.now
                let before = try await database.index.newest()?.number
                let (version, changes) = try await update()
                if version.number != before { await onUpdate(version, changes, start.duration(to: .now)) }
                if try await database.changes.newest() <= version.change { try await waker.wait() }
                try await gather(&gathering, after: version)
            }
        } catch {
            guard Task.isCancelled else { throw error }
        }
    }

    /// Returns when what waits is to be folded in, or nothing waits.
    private func gather(_ gathering: inout ChangeGathering, after version: IndexVersion) async throws {
        while true {
            let newest = try await database.changes.newest()
            switch gathering.decide(newest: newest, taken: version.change, now: .now) {
            case .rest, .fold: return
            case .wait(let time): try await Task.sleep(for: time)
            }
        }
    }
}

/// Values that are costly to get: each is got once for all who ask meanwhile, and kept for a time that grows with what it cost.
///
/// Kept for `factor` times as long as it took, so that no more than one part in `factor` of the time is spent on it, however many ask.
actor Remembered<Key: Hashable & Sendable, Value: Sendable> {
    private struct Entry {
        var value: Value
        var until: ContinuousClock.Instant
    }

    private let least: Duration
    private let factor: Int
    private let get: @Sendable (Key) async throws -> Value
    private var entries: [Key: Entry] = [:]
    private var underWay: [Key: Task<Value, any Error>] = [:]

    /// - Parameters:
    ///   - least: How long each value is kept at least.
    ///   - get: Gets one.
    init(atLeast least: Duration, factor: Int = 20, get: @escaping @Sendable (Key) async throws -> Value) {
        self.least = least
        self.factor = factor
        self.get = get
    }

    /// A value, which may be as old as it is kept.
    func value(_ key: Key) async throws -> Value {
        if let entry = entries[key], entry.until > .now { return entry.value }
        if let task = underWay[key] { return try await task.value }
        let (get, begin) = (get, ContinuousClock.now)
        let task = Task { try await get(key) }
        underWay[key] = task
        defer { if underWay[key] == task { underWay[key] = nil } }
        let value = try await task.value
        // What was forgotten meanwhile may be of before.
        if underWay[key] == task {
            entries[key] = Entry(value: value, until: .now + max(least, begin.duration(to: .now) * factor))
        }
        return value
    }

    /// Gets all values anew when they are asked for: something was done that they do not know of.
    func forget() {
        entries.removeAll()
        underWay.removeAll()
    }
}

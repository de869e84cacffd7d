/// Lets one at a time do something, in the order in which they came.
actor AlarmTurn {
    private var last: Task<Void, any Error>?

    /// Whether anybody has come yet.
    var isTaken: Bool { last != nil }

    /// Runs `body` when all that came before have ended, well or not.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let before = last
        let task = Task {
            _ = await before?.result
            try await body()
        }
        last = task
        try await task.value
    }
}

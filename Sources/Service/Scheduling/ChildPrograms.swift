/// Runs `animematcher` for what the service is asked to do: the same code as by hand, in a process of its own.
public struct ChildPrograms: Sendable {
    private let program: CommandLineProgram
    private let running: RunningPrograms

    /// - Parameter running: Knows those that nobody waits for.
    public init(_ program: CommandLineProgram, running: RunningPrograms) {
        self.program = program
        self.running = running
    }

    /// Starts it and does not wait for its end.
    ///
    /// - Returns: Whether it was started: not where one of that name runs still.
    func start(_ arguments: [String], as name: String) async throws -> Bool {
        try await running.start({ program.begin(arguments) }, as: name)
    }

    /// Runs it to its end.
    ///
    /// - Returns: Whether it succeeded.
    func run(_ arguments: [String]) async throws -> Bool {
        let child = program.beginQuietly(arguments)
        _ = try await child.start()
        return await child.end().isSuccess
    }
}

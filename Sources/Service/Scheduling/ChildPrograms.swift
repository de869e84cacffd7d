public import Foundation
import Subprocess

/// Runs `animematcher` for what the service is asked to do: the same code as by hand, in a process of its own.
public struct ChildPrograms: Sendable {
    private let program: URL
    private let environment: [String: String]
    private let running: RunningPrograms

    /// - Parameters:
    ///   - program: `animematcher`.
    ///   - environment: Tells it where the database and the configuration are, besides what this process has.
    ///   - running: Knows those that nobody waits for.
    public init(program: URL, environment: [String: String], running: RunningPrograms) {
        self.program = program
        self.environment = environment
        self.running = running
    }

    /// Starts it and does not wait for its end.
    ///
    /// - Returns: Whether it was started: not where one of that name runs still.
    func start(_ arguments: [String], as name: String) async throws -> Bool {
        try await running.start({ ChildProgram(program, arguments, environment: environment) }, as: name)
    }

    /// Runs it to its end.
    ///
    /// - Returns: Whether it succeeded.
    func run(_ arguments: [String]) async throws -> Bool {
        let child = ChildProgram(program, arguments, environment: environment, output: .discarded)
        _ = try await child.start()
        return await child.end().isSuccess
    }
}

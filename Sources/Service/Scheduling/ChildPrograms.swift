public import Foundation
public import Logging
public import ServiceLifecycle
import Subprocess

/// Runs `animematcher` for what the service is asked to do: the same code as by hand, in a process of its own.
public actor ChildPrograms {
    private let program: URL
    private let environment: [String: String]
    private let log: Logger
    private var running: [String: ChildProgram] = [:]

    /// - Parameters:
    ///   - program: `animematcher`.
    ///   - environment: Tells it where the database and the configuration are, besides what this process has.
    public init(program: URL, environment: [String: String], log: Logger) {
        self.program = program
        self.environment = environment
        self.log = log
    }

    /// Starts it and does not wait for its end.
    ///
    /// - Returns: Whether it was started: not where one of that name runs still.
    func start(_ arguments: [String], as name: String) async throws -> Bool {
        guard running[name] == nil else { return false }
        let child = ChildProgram(program, arguments, environment: environment)
        running[name] = child
        do {
            let id = try await child.start()
            log.info("a program started", metadata: ["program": .string(name), "pid": "\(id)"])
        } catch {
            running[name] = nil
            throw error
        }
        Task { await watch(child, name) }
        return true
    }

    /// Runs it to its end.
    ///
    /// - Returns: Whether it succeeded.
    func run(_ arguments: [String]) async throws -> Bool {
        let child = ChildProgram(program, arguments, environment: environment, output: .discarded)
        _ = try await child.start()
        return await child.end().isSuccess
    }

    /// Asks all to stop and waits until they have.
    func stop() async {
        let children = Array(running.values)
        for child in children { child.stop() }
        for child in children { _ = await child.end() }
    }

    private func watch(_ child: ChildProgram, _ name: String) async {
        let metadata = await child.end().metadata
        log.info("a program ended", metadata: metadata.merging(["program": .string(name)]) { $1 })
        running[name] = nil
    }
}

/// Ends the programs that were started when the service ends.
public struct ChildrenService: ServiceLifecycle.Service {
    private let programs: ChildPrograms

    /// Looks after these.
    public init(_ programs: ChildPrograms) { self.programs = programs }

    /// Waits for shutdown.
    public func run() async throws {
        try? await gracefulShutdown()
        await programs.stop()
    }
}

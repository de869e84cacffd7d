public import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A program that was started and can be signalled, with what it prints.
public final class RunningProgram: Sendable {
    /// The process' number.
    public let id: Int32
    private let run: Task<Int32, Never>
    private let state: State
    private let folder: URL

    /// Its end as soon as it is known; the task that waits for it must not hold the program itself.
    private final class State: Sendable {
        let hasEnded = Mutex(false)
    }

    /// Starts one of the built programs.
    public convenience init(_ program: Program, _ arguments: [String]) async throws {
        try await self.init(program.command(arguments))
    }

    /// Starts a program.
    public init(_ command: Command, input: Data = Data()) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("running-\(UUID().uuidString)")
        self.folder = folder
        let (starts, started) = AsyncThrowingStream<Int32, any Error>.makeStream()
        let state = State()
        self.state = state
        run = Task {
            defer { state.hasEnded.withLock { $0 = true } }
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                for (name, content) in [("in", input), ("out", Data()), ("err", Data())] {
                    try content.write(to: folder.appendingPathComponent(name))
                }
                return try await Self.run(command.configuration, folder) {
                    started.yield($0)
                    started.finish()
                }
            } catch {
                started.finish(throwing: error)
                return -1
            }
        }
        do {
            guard let id = try await starts.first(where: { _ in true }) else { throw CancellationError() }
            self.id = id
        } catch {
            run.cancel()
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// Runs it to its end.
    private static func run(
        _ configuration: Configuration, _ folder: URL, hasStarted: (Int32) -> Void
    ) async throws -> Int32 {
        // Files, not pipes: a full pipe that nobody reads would stop the program.
        func open(_ name: String, _ mode: FileDescriptor.AccessMode) throws -> FileDescriptor {
            try .open(folder.appendingPathComponent(name).path, mode, options: .closeOnExec)
        }
        let result = try await Subprocess.run(
            configuration, input: .fileDescriptor(open("in", .readOnly), closeAfterSpawningProcess: true),
            output: .fileDescriptor(open("out", .writeOnly), closeAfterSpawningProcess: true),
            error: .fileDescriptor(open("err", .writeOnly), closeAfterSpawningProcess: true)
        ) { hasStarted($0.processIdentifier.value) }
        return switch result.terminationStatus {
        case .exited(let status): status
        case .signaled(let signal): signal
        }
    }

    deinit {
        signal(SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Whether it has not ended.
    public var isRunning: Bool { !state.hasEnded.withLock { $0 } }

    /// What it has said on standard error so far.
    public var errors: String { text("err") }

    /// What it has printed so far.
    public var output: String { text("out") }

    /// Sends a signal, unless it has ended.
    public func signal(_ number: Int32) {
        // Until the exit was taken note of, the number belongs to nobody else.
        state.hasEnded.withLock { if !$0 { _ = kill(id, number) } }
    }

    /// Its exit status, or the signal it died of, once it has ended.
    public func exit() async -> Int32 { await run.value }

    private func text(_ name: String) -> String {
        String(decoding: (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data(), as: UTF8.self)
    }
}

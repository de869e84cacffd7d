import Foundation
import Logging
import Subprocess
import SystemPackage

/// `animematcher` in a process of its own, from its start to its end.
///
/// It does what it is told to whatever becomes of the task that began it: a request that is given up stops no `forget` in the middle.
struct ChildProgram: Sendable {
    /// What has been told to stop is given so long; then it is killed.
    private static let patience: Duration = .seconds(8)

    private let run: Task<TerminationStatus, any Error>
    private let id: Task<Int32, any Error>

    /// Begins it and does not wait.
    ///
    /// - Parameters:
    ///   - program: `animematcher`.
    ///   - environment: What it is told besides what this process has.
    ///   - output: Where it prints; what it logs goes where this process's log goes.
    init(
        _ program: URL, _ arguments: [String], environment: [String: String],
        output: some OutputProtocol = FileDescriptorOutput.currentStandardOutput
    ) {
        let told = environment.map { (Environment.Key(stringLiteral: $0), Optional($1)) }
        var options = PlatformOptions()
        // A group of its own: Ctrl-C on the service's terminal is the service's, which stops its programs itself.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.patience)]
        let configuration = Configuration(
            executable: .path(FilePath(program.path)), arguments: Arguments(arguments),
            environment: .inherit.updating(Dictionary(told) { $1 }), platformOptions: options)
        let (starts, started) = AsyncThrowingStream<Int32, any Error>.makeStream()
        id = Task {
            for try await id in starts { return id }
            throw CancellationError()
        }
        run = Task {
            do {
                return try await Subprocess.run(
                    configuration, input: .none, output: output, error: .currentStandardError
                ) {
                    started.yield($0.processIdentifier.value)
                    started.finish()
                }.terminationStatus
            } catch {
                started.finish(throwing: error)
                throw error
            }
        }
    }

    /// Waits until it runs.
    ///
    /// - Returns: Its number.
    /// - Throws: Why it could not be started.
    func start() async throws -> Int32 { try await id.value }

    /// Waits for its end.
    ///
    /// - Returns: Whether it succeeded, and how it ended, for the log.
    func end() async -> (isSuccess: Bool, metadata: Logger.Metadata) {
        do {
            let status = try await run.value
            return switch status {
            case .exited(let code): (status.isSuccess, ["status": "\(code)"])
            case .signaled(let signal): (false, ["signal": "\(signal)"])
            }
        } catch {
            return (false, ["error": "\(error)"])
        }
    }

    /// Tells it to stop, and kills it if it does not.
    func stop() { run.cancel() }
}

import Foundation
import Subprocess
import SystemPackage

/// This program once more, in a process of its own that may crash or hang.
struct ChildProcess {
    /// How it ended.
    enum End {
        case done
        /// A check said what does not hold.
        case violation(String)
        /// It trapped, ran out of memory, or was ended by a sanitizer.
        case crash(String)
        /// One input took too long.
        case hang
    }

    /// Seconds one input may take.
    let patience: Int

    /// Runs it to its end, or until `progress` has stood still for too long; then it is killed.
    func run(_ arguments: [String], progress: @escaping @Sendable () -> UInt64 = { 0 }) async throws -> End {
        try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask { try await end(arguments) }
            group.addTask {
                var (last, since) = (progress(), ContinuousClock.now)
                while since.duration(to: .now) <= .seconds(patience) {
                    try await Task.sleep(for: .milliseconds(20))
                    let current = progress()
                    if current != last { (last, since) = (current, .now) }
                }
                return .hang
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .hang
        }
    }

    private func end(_ arguments: [String]) async throws -> End {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let result = try await Subprocess.run(
            .path(FilePath(program.path)), arguments: Arguments(arguments),
            // A stack trace takes seconds; `fuzz repeat` shows it.
            environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]), output: .currentStandardOutput,
            error: .string(limit: .max))
        let said = result.standardError
        switch result.terminationStatus {
        case .exited(0): return .done
        case .exited(WorkCommand.violationCode): return .violation(said)
        case .exited(let code): return .crash("exit code \(code)\n\(said)")
        case .signaled(let signal): return .crash("signal \(signal)\n\(said)")
        }
    }
}

import Foundation

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

    /// Runs it to its end, or until `progress` has stood still for too long.
    func run(_ arguments: [String], progress: () -> UInt64 = { 0 }) throws -> End {
        let errors = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString).err")
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        // A stack trace takes seconds; `fuzz repeat` shows it.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        var (last, since) = (progress(), ContinuousClock.now)
        while process.isRunning {
            usleep(20_000)
            let current = progress()
            if current != last {
                (last, since) = (current, .now)
            } else if since.duration(to: .now) > .seconds(patience) {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                return .hang
            }
        }
        process.waitUntilExit()
        let said = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
        if process.terminationReason == .exit, process.terminationStatus == 0 { return .done }
        if process.terminationReason == .exit, process.terminationStatus == WorkCommand.violationCode {
            return .violation(said)
        }
        let how = process.terminationReason == .exit ? "exit code" : "signal"
        return .crash("\(how) \(process.terminationStatus)\n\(said)")
    }
}

import Foundation
import Testing

/// Other people's libraries, run as their users do: the Python that `ANIMEMATCHER_PYTHON` names.
public enum ForeignPython {
    /// Runs a script and returns what it prints, a failed one reported; nil where there is no such Python, which CI does not let pass.
    public static func run(
        _ script: String, _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> String? {
        guard let python else { return nil }
        return judge(try execute(python, script, arguments, environment))
    }

    /// The same for a script that takes long: on a thread of its own, so that it holds up none of the few that all tests share.
    public static func runApart(_ script: String, _ arguments: [String] = []) async throws -> String? {
        guard let python else { return nil }
        return judge(
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(with: Result { try execute(python, script, arguments, [:]) })
                }
            })
    }

    private static var python: String? {
        let own = ProcessInfo.processInfo.environment
        if let python = own["ANIMEMATCHER_PYTHON"] { return python }
        if own["CI"] != nil { Issue.record("ANIMEMATCHER_PYTHON is not set; Scripts/test sets it") }
        print("SKIPPED: ANIMEMATCHER_PYTHON names no Python with foreign readers; run Scripts/test")
        return nil
    }

    private static func execute(
        _ python: String, _ script: String, _ arguments: [String], _ environment: [String: String]
    ) throws -> (text: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", script] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, process.terminationStatus)
    }

    private static func judge(_ result: (text: String, status: Int32)) -> String {
        #expect(result.status == 0, "the script failed; it printed: \(result.text.suffix(500))")
        return result.text
    }
}

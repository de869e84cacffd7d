import Foundation
import Testing

/// Other people's libraries, run as their users do: the Python that `ANIMEMATCHER_PYTHON` names.
public enum ForeignPython {
    /// Runs a script and returns what it prints, a failed one reported; nil where there is no such Python, which CI does not let pass.
    public static func run(
        _ script: String, _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> String? {
        let own = ProcessInfo.processInfo.environment
        guard let python = own["ANIMEMATCHER_PYTHON"] else {
            if own["CI"] != nil { Issue.record("ANIMEMATCHER_PYTHON is not set; Scripts/test sets it") }
            print("SKIPPED: ANIMEMATCHER_PYTHON names no Python with foreign readers; run Scripts/test")
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", script] + arguments
        process.environment = own.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "the script failed; it printed: \(text.suffix(500))")
        return text
    }
}

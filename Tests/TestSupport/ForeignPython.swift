import Foundation
import Testing

/// Other people's libraries, run as their users do: the Python that `ANIMEMATCHER_PYTHON` names.
public enum ForeignPython {
    /// Its path; nil where there is none, which CI does not let pass.
    public static func path() -> String? {
        let own = ProcessInfo.processInfo.environment
        if let python = own["ANIMEMATCHER_PYTHON"] { return python }
        if own["CI"] != nil { Issue.record("ANIMEMATCHER_PYTHON is not set; Scripts/test sets it") }
        print("SKIPPED: ANIMEMATCHER_PYTHON names no Python with foreign readers; run Scripts/test")
        return nil
    }

    /// Runs a script and returns what it prints, a failed one reported; nil where there is no such Python.
    public static func run(
        _ script: String, _ arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> String? {
        guard let python = path() else { return nil }
        let result = try await Command(python, ["-c", script] + arguments, environment: environment).run()
        #expect(
            result.status == 0, "the script failed; it printed: \((result.output + result.errors).suffix(500))")
        return result.output
    }
}

import Foundation
import Synchronization
import TestSupport
import Testing

/// Small libraries in C (`Tests/Fixtures/faults`) that are loaded into a program before all others, each compiled once.
enum PreloadedLibrary {
    private static let compiled = Mutex<[String: Task<String, any Error>]>([:])

    /// What a program's environment must have, so that it is loaded.
    static func environment(_ name: String) async throws -> [String: String] {
        let task = compiled.withLock { compiled in
            if let known = compiled[name] { return known }
            let task = Task { try await compile(name) }
            compiled[name] = task
            return task
        }
        return ["LD_PRELOAD": try await task.value]
    }

    private static func compile(_ name: String) async throws -> String {
        let library = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(getpid()).so").path
        let source = Program.project.appendingPathComponent("Tests/Fixtures/faults/\(name).c").path
        let result = try await Command.named(
            "clang", ["-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"]
        ).run()
        try #require(result.status == 0, "clang, which comes with Swift, could not compile \(source): \(result.errors)")
        return library
    }
}

import Foundation

/// A mongod of one test's own, to be killed and started again over the same data.
public final class PrivateServer: Sendable {
    /// What programs connect to.
    public let uri: String
    private let folder: URL
    private let port: String

    /// Starts one as `Scripts/mongod` does.
    public init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("server-\(UUID().uuidString)")
        uri = try await Self.script(["start", "--port", "0", "--data", folder.path])
        guard let match = uri.firstMatch(of: /:(\d+)\//) else { throw CocoaError(.fileReadCorruptFile) }
        port = String(match.1)
    }

    /// Runs `body` with a server, which is stopped and whose data is deleted afterwards, whatever happens.
    public static func with<Value>(_ body: (PrivateServer) async throws -> Value) async throws -> Value {
        let server = try await PrivateServer()
        do {
            let value = try await body(server)
            try await server.end()
            return value
        } catch {
            try? await server.end()
            throw error
        }
    }

    /// Kills the server as a power cut would, and starts it again over what it left.
    ///
    /// - Parameter pause: How long it stays away.
    public func crash(pause: Duration = .zero) async throws {
        let file = folder.appendingPathComponent("mongod.pid")
        guard let id = Int32(try String(contentsOf: file, encoding: .utf8).filter { !$0.isWhitespace }) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        kill(id, SIGKILL)
        // It is no child of ours: gone is when nobody has the number, or only its parent does.
        while kill(id, 0) == 0, !Self.isZombie(id) { try await Task.sleep(for: .milliseconds(10)) }
        try await Task.sleep(for: pause)
        // A program that tries to connect meanwhile can have been given the server's own port to connect from, and lets go of it soon.
        for _ in 0..<4 {
            if (try? await start()) != nil { return }
            try await Task.sleep(for: .milliseconds(250))
        }
        try await start()
    }

    private func start() async throws {
        _ = try await Self.script(["start", "--port", port, "--data", folder.path])
    }

    private func end() async throws {
        _ = try await Self.script(["stop", "--data", folder.path])
        try FileManager.default.removeItem(at: folder)
    }

    private static func isZombie(_ id: Int32) -> Bool {
        guard let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return true }
        return text.contains(") Z ")
    }

    private static func script(_ arguments: [String]) async throws -> String {
        let options = "--setParameter enableTestCommands=1 --setParameter transactionLifetimeLimitSeconds=3"
        let result = try await Command(
            Program.project.appendingPathComponent("Scripts/mongod").path, arguments,
            environment: ["ANIMEMATCHER_MONGOD_OPTIONS": options]
        ).run()
        guard result.status == 0 else { throw CocoaError(.executableLoad) }
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

import Foundation
import Synchronization
import TestSupport
import Testing
import WebStandards

@testable import Fetching

/// A Python program that speaks HTTP/2 over TLS and misbehaves as a path says (`Tests/Fixtures/fetching/http2_server.py`).
final class HTTP2Server: Sendable {
    /// The Python that Scripts/test names. In CI the tests run in any case, since a silent skip would lie.
    static let python = ProcessInfo.processInfo.environment["ANIMEMATCHER_PYTHON"]
    static let isAvailable =
        python != nil && TestCertificate.isAvailable || ProcessInfo.processInfo.environment["CI"] != nil
    static let hint: Comment = "ANIMEMATCHER_PYTHON is not set: run Scripts/test to try real HTTP/2 servers"

    struct Missing: Error {}

    let port: UInt16
    private let files: TestCertificate
    private let process: Mutex<Process>

    var certificate: String { files.certificate }

    init() throws {
        guard let python = Self.python else { throw Missing() }
        files = try TestCertificate(names: "DNS:site.test")
        let server = Process()
        server.executableURL = URL(fileURLWithPath: python)
        server.arguments = [
            Program.project.appendingPathComponent("Tests/Fixtures/fetching/http2_server.py").path, files.certificate,
            files.key,
        ]
        port = try server.startedPort(after: "PORT ")
        process = Mutex(server)
    }

    func stop() {
        process.withLock { $0.terminate() }
        files.remove()
    }

    func request(_ path: String, limits: FetchLimits = .init()) throws -> FetchRequest {
        FetchRequest(
            url: try #require(WebURL("https://site.test/\(path)")), limits: limits,
            connectTo: .init(host: "127.0.0.1", port: port), allowedAddresses: .loopback)
    }
}

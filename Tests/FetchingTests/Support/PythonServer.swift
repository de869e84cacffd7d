import Foundation
import TestSupport
import Testing
import WebStandards

@testable import Fetching

/// A server over TLS, written in Python, that misbehaves as a path says; the programs are in `Tests/Fixtures/fetching`.
final class PythonServer: Sendable {
    enum Kind: String {
        case http2 = "http2_server.py"
        case strayTLS = "stray_tls_server.py"
    }

    /// The Python that Scripts/test names. In CI the tests run in any case, since a silent skip would lie.
    static let python = ProcessInfo.processInfo.environment["ANIMEMATCHER_PYTHON"]
    static let isAvailable =
        python != nil && TestCertificate.isAvailable || ProcessInfo.processInfo.environment["CI"] != nil
    static let hint: Comment = "ANIMEMATCHER_PYTHON is not set: run Scripts/test to try servers written in Python"

    struct Missing: Error {}

    let port: UInt16
    private let files: TestCertificate
    private let process: RunningProgram

    var certificate: String { files.certificate }

    init(_ kind: Kind) async throws {
        guard let python = Self.python else { throw Missing() }
        files = try await TestCertificate(names: "DNS:site.test")
        let script = Program.project.appendingPathComponent("Tests/Fixtures/fetching/\(kind.rawValue)").path
        process = try await RunningProgram(Command(python, [script, files.certificate, files.key]))
        port = try await process.port(after: "PORT ")
    }

    func stop() {
        process.signal(SIGTERM)
        files.remove()
    }

    func request(_ path: String, limits: FetchLimits = .init()) throws -> FetchRequest {
        FetchRequest(
            url: try #require(WebURL("https://site.test/\(path)")), limits: limits,
            connectTo: .init(host: "127.0.0.1", port: port), allowedAddresses: .loopback)
    }
}

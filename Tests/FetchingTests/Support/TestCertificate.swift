import Foundation
import TestSupport

/// A self-signed certificate with its key, made for a test.
struct TestCertificate {
    /// PEM files.
    let certificate: String
    let key: String
    private let folder: URL

    struct SetUpFailed: Error {}

    static let isAvailable = FileManager.default.isExecutableFile(atPath: openssl)
    static let openssl = "/usr/bin/openssl"

    /// - Parameters:
    ///   - names: Subject alternative names, as `DNS:example.org,IP:127.0.0.1`.
    ///   - days: How long it is valid from now; negative when it has expired.
    init(names: String, days: Int = 1) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appendingPathComponent("cert.pem").path
        key = folder.appendingPathComponent("key.pem").path
        let request = folder.appendingPathComponent("request.pem").path
        try await Self.run([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out",
            request, "-subj", "/CN=test", "-addext", "subjectAltName=\(names)",
        ])
        try await Self.run([
            "x509", "-req", "-in", request, "-signkey", key, "-out", certificate, "-days", "\(days)",
            "-copy_extensions", "copy",
        ])
    }

    private static func run(_ arguments: [String]) async throws {
        guard try await Command(openssl, arguments).run().status == 0 else { throw SetUpFailed() }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

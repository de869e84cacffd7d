import Foundation
import Synchronization

/// `openssl s_server` with a key made for the test; answers every request with a page of its own.
final class TLSServer: Sendable {
    /// PEM file of the self-signed certificate.
    let certificate: String
    let port: UInt16
    private let folder: URL
    private let process: Mutex<Process>

    struct SetUpFailed: Error {}

    static let isAvailable = FileManager.default.isExecutableFile(atPath: openssl)
    private static let openssl = "/usr/bin/openssl"

    /// - Parameters:
    ///   - names: The certificate's subject alternative names, as `DNS:example.org,IP:127.0.0.1`.
    ///   - days: How long it is valid from now; negative when it has expired.
    ///   - options: Further arguments of `s_server`.
    init(names: String, days: Int = 1, options: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appendingPathComponent("cert.pem").path
        let key = folder.appendingPathComponent("key.pem").path
        let request = folder.appendingPathComponent("request.pem").path
        try Self.run([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out",
            request,
            "-subj", "/CN=test", "-addext", "subjectAltName=\(names)",
        ])
        try Self.run([
            "x509", "-req", "-in", request, "-signkey", key, "-out", certificate, "-days", "\(days)",
            "-copy_extensions",
            "copy",
        ])

        let server = Process()
        let output = Pipe()
        server.executableURL = URL(fileURLWithPath: Self.openssl)
        server.arguments =
            ["s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert", certificate, "-www"] + options
        server.standardOutput = output
        server.standardError = FileHandle.nullDevice
        server.standardInput = Pipe()
        try server.run()
        process = Mutex(server)
        // It says which port it was given: "ACCEPT 127.0.0.1:40123".
        var said = ""
        while !said.contains("ACCEPT ") || !said.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw SetUpFailed() }
            said += String(decoding: more, as: UTF8.self)
        }
        guard
            let port = said.split(separator: ":").last.flatMap({
                UInt16($0.trimmingCharacters(in: .whitespacesAndNewlines))
            })
        else { throw SetUpFailed() }
        self.port = port
    }

    private static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: openssl)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw SetUpFailed() }
    }

    func stop() {
        process.withLock { $0.terminate() }
        try? FileManager.default.removeItem(at: folder)
    }
}

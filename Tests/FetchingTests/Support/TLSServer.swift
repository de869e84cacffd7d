import Foundation
import Synchronization

/// `openssl s_server` with a key made for the test; answers every request with a page of its own.
final class TLSServer: Sendable {
    let port: UInt16
    private let files: TestCertificate
    private let process: Mutex<Process>

    struct SetUpFailed: Error {}

    static let isAvailable = TestCertificate.isAvailable

    /// PEM file of the self-signed certificate.
    var certificate: String { files.certificate }

    /// - Parameters:
    ///   - names: The certificate's subject alternative names, as `DNS:example.org,IP:127.0.0.1`.
    ///   - days: How long it is valid from now; negative when it has expired.
    ///   - options: Further arguments of `s_server`.
    init(names: String, days: Int = 1, options: [String] = []) throws {
        files = try TestCertificate(names: names, days: days)
        let server = Process()
        server.executableURL = URL(fileURLWithPath: TestCertificate.openssl)
        server.arguments =
            ["s_server", "-accept", "127.0.0.1:0", "-key", files.key, "-cert", files.certificate, "-www"] + options
        // It says which port it was given: "ACCEPT 127.0.0.1:40123".
        port = try server.startedPort(after: "ACCEPT ")
        process = Mutex(server)
    }

    func stop() {
        process.withLock { $0.terminate() }
        files.remove()
    }
}

extension Process {
    struct SaidNoPort: Error {}

    /// Starts it and reads its output up to the line that ends in its port.
    func startedPort(after mark: String) throws -> UInt16 {
        let output = Pipe()
        standardOutput = output
        standardError = FileHandle.nullDevice
        standardInput = Pipe()
        try run()
        var said = ""
        while !said.contains(mark) || !said.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw SaidNoPort() }
            said += String(decoding: more, as: UTF8.self)
        }
        let port = said.split(separator: ":").last.flatMap {
            UInt16($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        guard let port else { throw SaidNoPort() }
        return port
    }
}

import Foundation
import TestSupport

/// `openssl s_server` with a key made for the test; answers every request with a page of its own.
final class TLSServer: Sendable {
    let port: UInt16
    private let files: TestCertificate
    private let process: RunningProgram

    struct SetUpFailed: Error {}

    static let isAvailable = TestCertificate.isAvailable

    /// PEM file of the self-signed certificate.
    var certificate: String { files.certificate }

    /// - Parameters:
    ///   - names: The certificate's subject alternative names, as `DNS:example.org,IP:127.0.0.1`.
    ///   - days: How long it is valid from now; negative when it has expired.
    ///   - options: Further arguments of `s_server`.
    init(names: String, days: Int = 1, options: [String] = []) async throws {
        files = try await TestCertificate(names: names, days: days)
        let arguments = ["s_server", "-accept", "127.0.0.1:0", "-key", files.key, "-cert", files.certificate, "-www"]
        process = try await RunningProgram(Command(TestCertificate.openssl, arguments + options))
        // It says which port it was given: "ACCEPT 127.0.0.1:40123".
        port = try await process.port(after: "ACCEPT ")
    }

    func stop() {
        process.signal(SIGTERM)
        files.remove()
    }
}

extension RunningProgram {
    struct SaidNoPort: Error { let errors: String }

    /// Waits until it has printed the line that ends in its port.
    func port(after mark: String) async throws -> UInt16 {
        while isRunning {
            let line = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .last { $0.contains(mark) }
            let word = line?.split { $0 == ":" || $0 == " " }.last
            if let port = word.flatMap({ UInt16($0.trimmingCharacters(in: .whitespaces)) }) { return port }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw SaidNoPort(errors: errors)
    }
}

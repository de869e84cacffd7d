import Foundation
import MongoDriver
import TestSupport

/// A mongod of one test's own that wants TLS and a name with a password, or a client certificate.
final class SecureServer {
    /// Certificates, keys and data.
    let folder: URL
    let port: Int
    private let process: RunningProgram

    struct SetUpFailed: Error { let reason: String }

    /// The authority that signed the server's certificate.
    var authority: String { folder.appendingPathComponent("ca.pem").path }
    /// One that signed nothing.
    var stranger: String { folder.appendingPathComponent("other.pem").path }
    /// The key and certificate of a client whom the server knows.
    var clientCertificate: String { folder.appendingPathComponent("client.pem").path }
    /// Whom that certificate names.
    static let clientName = "CN=crawler,OU=clients,O=Ours"

    private static let setUp = """
        set -e
        cd "$1"
        authority() { openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -subj "/CN=$1" -days 2; }
        sign() {
            openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2"
            printf '%s\\n' "$3" >"$1.ext"
            openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -out "$1.crt" -days 2 -extfile "$1.ext"
            cat "$1.crt" "$1.key" >"$1.pem"
        }
        { authority ca; authority other
          sign server /O=Servers/CN=127.0.0.1 subjectAltName=IP:127.0.0.1
          sign client /O=Ours/OU=clients/CN=crawler extendedKeyUsage=clientAuth; } 2>openssl.log >&2
        openssl rand -base64 96 >key; chmod 600 key; mkdir db
        python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
        """

    private static var program: String? {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["ANIMEMATCHER_CACHE"]
            ?? (environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache") + "/animematcher"
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["\(cache)/mongod-6.0.5"]
        return folders.map { "\($0)/mongod" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs `body` with a server, which is stopped and whose data is deleted afterwards.
    static func with(_ body: (SecureServer) async throws -> Void) async throws {
        let server = try await SecureServer()
        do { try await body(server) } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private init() async throws {
        guard let program = Self.program else { throw SetUpFailed(reason: "no mongod: run Scripts/mongod install") }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("secure-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let made = try await Command("/bin/bash", ["-c", Self.setUp, "bash", folder.path]).run()
        guard made.status == 0, let port = Int(made.output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw SetUpFailed(reason: "openssl made no certificates")
        }
        self.port = port
        let arguments = [
            "--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", "\(port)",
            "--dbpath", folder.appendingPathComponent("db").path, "--nounixsocket",
            "--wiredTigerCacheSizeGB", "0.25", "--logpath", folder.appendingPathComponent("log").path,
            "--keyFile", folder.appendingPathComponent("key").path, "--tlsMode", "requireTLS",
            "--tlsCertificateKeyFile", folder.appendingPathComponent("server.pem").path,
            "--tlsCAFile", folder.appendingPathComponent("ca.pem").path,
            "--tlsAllowConnectionsWithoutCertificates",
            "--setParameter", "authenticationMechanisms=SCRAM-SHA-1,SCRAM-SHA-256,MONGODB-X509",
        ]
        process = try await RunningProgram(Command(program, arguments))
        do { try await makeUsers() } catch {
            await stop()
            throw error
        }
    }

    /// A connection string to it.
    ///
    /// - Parameters:
    ///   - credentials: Name and password with the '@' behind them.
    ///   - authority: Whom the client trusts; nil for the system's.
    func uri(_ credentials: String = "", authority: String?, more: String = "") -> String {
        let trusted = authority.map { "&tlsCAFile=\($0)" } ?? ""
        return "mongodb://\(credentials)127.0.0.1:\(port)/?replicaSet=rs0&tls=true&serverSelectionTimeoutMS=3000"
            + trusted + more
    }

    /// Before there is a user, this machine may make one.
    private func makeUsers() async throws {
        let direct = "mongodb://127.0.0.1:\(port)/?directConnection=true&tls=true&tlsCAFile=\(authority)"
        let first = try MongoClient(uri: direct)
        try await first.initiateReplicaSet(named: "rs0", host: "127.0.0.1:\(port)", patience: .seconds(180))
        try await first.database("admin").runCommand([
            "createUser": "operator", "pwd": "hunter22/§", "roles": ["root"],
        ])
        await first.close()
        let second = try MongoClient(uri: uri("operator:hunter22%2F%C2%A7@", authority: authority))
        try await second.database("$external").runCommand([
            "createUser": .string(Self.clientName),
            "roles": [["role": "readWriteAnyDatabase", "db": "admin"]],
        ])
        await second.close()
    }

    private func stop() async {
        process.signal(SIGTERM)
        _ = await process.exit()
        try? FileManager.default.removeItem(at: folder)
    }
}

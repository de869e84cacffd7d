import Foundation
import Testing
import WebStandards

/// What other programs read from the environment and the home folder changes nothing here.
@Suite("Leaks from the environment")
struct LeakedEnvironmentTests {
    /// A home folder and variables that would lead curl astray, to a canary that must see nothing.
    private func withTraps<Value>(
        canary: LoopbackServer, _ body: ([String: String]) async throws -> Value
    ) async throws -> Value {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
        let config = home.appendingPathComponent(".config")
        try FileManager.default.createDirectory(at: config, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let proxy = "http://u:s3cret@127.0.0.1:\(canary.port)"
        let netrc =
            "machine 127.0.0.1 login u password s3cret\nmachine site.test login u password s3cret\ndefault login u password s3cret\n"
        let curlrc = "proxy=\(proxy)\nuser-agent=trap\nheader=\"X-Trap: 1\"\nnetrc\ninsecure\n"
        for name in [".netrc", "_netrc"] {
            try netrc.write(to: home.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        for folder in [home, config] {
            for name in [".curlrc", "curlrc", "_curlrc"] {
                try curlrc.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
        }
        var environment = [
            "HOME": home.path, "CURL_HOME": home.path, "XDG_CONFIG_HOME": config.path,
            "NETRC": home.appendingPathComponent(".netrc").path, "no_proxy": "", "NO_PROXY": "",
        ]
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            environment[name] = proxy
        }
        return try await body(environment)
    }

    @Test("proxies, netrc and curlrc leave the request as it is, byte for byte, and the proxy unasked")
    func request() async throws {
        let (server, canary) = (
            try LoopbackServer { _ in [.answer("a")] }, try LoopbackServer { _ in [.answer("trap")] }
        )
        defer { server.stop(); canary.stop() }
        try await withTraps(canary: canary) { environment in
            let direct = try await Probe(["http://127.0.0.1:\(server.port)/x"], environment: environment)
            let named = try await Probe(
                ["to=\(server.port)", "plain=1", "http://site.test/x", "https://site.test/y"], environment: environment)
            #expect(direct.outcomes == ["200"] && named.outcomes == ["200", "200"])
        }
        let end = "User-Agent: fetch-probe/1\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n"
        #expect(
            Set(server.requests) == [
                "GET /x HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\(end)",
                "GET /x HTTP/1.1\r\nHost: site.test\r\n\(end)",
                "GET /y HTTP/1.1\r\nHost: site.test\r\n\(end)",
            ])
        #expect(canary.connections == 0)
    }

    @Test("a proxy that was asked for is used although NO_PROXY names every host")
    func noProxy() async throws {
        let (proxy, canary) = (
            try LoopbackServer { _ in [.answer("a")] }, try LoopbackServer { _ in [.answer("trap")] }
        )
        defer { proxy.stop(); canary.stop() }
        try await withTraps(canary: canary) { environment in
            let environment = environment.merging(["no_proxy": "*", "NO_PROXY": "*,site.test"]) { $1 }
            let probe = try await Probe(
                ["proxy=http://127.0.0.1:\(proxy.port)", "http://site.test/"], environment: environment)
            #expect(probe.outcomes == ["200"])
        }
        #expect(proxy.requests.map { $0.hasPrefix("GET http://site.test/ HTTP/1.1\r\n") } == [true])
        #expect(proxy.requests.allSatisfy { !$0.contains("uthorization") } && canary.connections == 0)
    }

    @Test(
        "the keys of TLS connections are written nowhere",
        .enabled(if: TLSServer.isAvailable, "openssl is missing: install it to test TLS"))
    func keyLog() async throws {
        let server = try await TLSServer(names: "DNS:site.test")
        defer { server.stop() }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let probe = try await Probe(
            ["to=\(server.port)", "ca=\(server.certificate)", "https://site.test/"],
            environment: ["SSLKEYLOGFILE": file])
        #expect(probe.outcomes == ["200"])
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test(
        "certificates named by the environment are not trusted",
        .enabled(if: TLSServer.isAvailable, "openssl is missing: install it to test TLS"))
    func certificates() async throws {
        let server = try await TLSServer(names: "DNS:site.test")
        defer { server.stop() }
        let folder = URL(fileURLWithPath: server.certificate).deletingLastPathComponent().path
        let environment = [
            "SSL_CERT_FILE": server.certificate, "CURL_CA_BUNDLE": server.certificate, "SSL_CERT_DIR": folder,
            "REQUESTS_CA_BUNDLE": server.certificate,
        ]
        let arguments = ["to=\(server.port)", "https://site.test/"]
        #expect(try await Probe(arguments, environment: environment).outcomes == ["error tls"])
        #expect(try await Probe(["ca=\(server.certificate)"] + arguments, environment: environment).outcomes == ["200"])
    }
}

import Fetching
import Testing
import WebStandards

@Suite("TLS", .enabled(if: TLSServer.isAvailable, "openssl is missing: install it to test TLS"))
struct TLSTests {
    private func request(_ server: TLSServer, host: String = "site.test") throws -> FetchRequest {
        FetchRequest(
            url: try #require(WebURL("https://\(host)/")), connectTo: .init(host: "127.0.0.1", port: server.port),
            allowedAddresses: .loopback)
    }

    @Test("a certificate that nobody trusts is refused")
    func selfSigned() async throws {
        let server = try await TLSServer(names: "DNS:site.test")
        defer { server.stop() }
        let request = try request(server)
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(request) == .tls)
        }
    }

    @Test("a trusted certificate for the name is verified, and the response says so")
    func trusted() async throws {
        let server = try await TLSServer(names: "DNS:site.test")
        defer { server.stop() }
        let request = try request(server)
        let response = try await Fetcher.lent(certificateAuthorities: server.certificate) {
            try await $0.fetch(request)
        }
        #expect(response.tlsVerified && response.status == 200)
        #expect(response.timing.tls > .zero)
    }

    @Test("a trusted certificate for another name is refused")
    func wrongName() async throws {
        let server = try await TLSServer(names: "DNS:other.test")
        defer { server.stop() }
        let request = try request(server)
        try await Fetcher.lent(certificateAuthorities: server.certificate) { fetcher async throws in
            #expect(await fetcher.failure(request) == .tls)
        }
    }

    @Test("an expired certificate is refused")
    func expired() async throws {
        let server = try await TLSServer(names: "DNS:site.test", days: -1)
        defer { server.stop() }
        let request = try request(server)
        try await Fetcher.lent(certificateAuthorities: server.certificate) { fetcher async throws in
            #expect(await fetcher.failure(request) == .tls)
        }
    }

    @Test("TLS before 1.2 is refused", arguments: ["-tls1", "-tls1_1"])
    func oldVersion(option: String) async throws {
        let server = try await TLSServer(names: "DNS:site.test", options: [option, "-cipher", "DEFAULT@SECLEVEL=0"])
        defer { server.stop() }
        let request = try request(server)
        try await Fetcher.lent(certificateAuthorities: server.certificate) { fetcher async throws in
            #expect(await fetcher.failure(request) == .tls)
        }
    }

    @Test("a host that is opted out is fetched unverified, others are not")
    func optOut() async throws {
        let server = try await TLSServer(names: "DNS:elsewhere.test", days: -1)
        defer { server.stop() }
        let (exempt, other) = (try request(server), try request(server, host: "other.test"))
        try await Fetcher.lent(unverifiedTLSHosts: ["site.test"]) { fetcher async throws in
            let response = try await fetcher.fetch(exempt)
            #expect(response.status == 200 && !response.tlsVerified)
            #expect(await fetcher.failure(other) == .tls)
        }
    }

    @Test("plain HTTP where TLS is expected is refused")
    func plainServer() async throws {
        let server = try LoopbackServer { _ in [.answer("a")] }
        defer { server.stop() }
        let request = FetchRequest(
            url: try #require(WebURL("https://127.0.0.1:\(server.port)/")), limits: .init(total: .seconds(2)),
            allowedAddresses: .loopback)
        try await Fetcher.lent { fetcher async throws in
            let code = await fetcher.failure(request)
            #expect(code == .tls || code == .connect || code == .timeout)
        }
    }
}

import Fetching
import Testing
import WebStandards

/// The guard where it counts: whatever leads to an address, no connection is made.
@Suite("Refused addresses")
struct AddressRefusalTests {
    @Test(
        "a URL that leads to this machine is refused before a byte is sent",
        arguments: [
            "127.0.0.1", "localhost", "localhost.", "127.1", "0177.0.0.1", "2130706433", "0x7f.1", "0.0.0.0",
            "127.0.0.1.",
        ])
    func loopback(host: String) async throws {
        let server = try LoopbackServer(["/": [.answer("secret")]])
        defer { server.stop() }
        let request = FetchRequest(url: try #require(WebURL("http://\(host):\(server.port)/")))
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(request) == .addressRefused)
        }
        #expect(server.connections == 0)
    }

    @Test(
        "so is one that leads into other networks that are not public",
        arguments: [
            "169.254.169.254", "10.0.0.1", "100.64.0.1", "[::1]", "[fd00::1]", "[fe80::1]", "[::ffff:127.0.0.1]",
            "[64:ff9b::7f00:1]", "[::]",
        ])
    func otherNetworks(host: String) async throws {
        let request = FetchRequest(url: try #require(WebURL("http://\(host)/")))
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(request) == .addressRefused)
        }
    }

    @Test("a target to connect to is judged like any other address")
    func connectTo() async throws {
        let server = try LoopbackServer(["/": [.answer("secret")]])
        defer { server.stop() }
        let url = try #require(WebURL("http://example.com/"))
        try await Fetcher.lent { fetcher async throws in
            for host in ["127.0.0.1", "localhost"] {
                let request = FetchRequest(url: url, connectTo: .init(host: host, port: server.port))
                #expect(await fetcher.failure(request) == .addressRefused)
            }
        }
        #expect(server.connections == 0)
    }

    @Test("a connection kept open by a request that was allowed is closed to one that is not")
    func keptConnection() async throws {
        let server = try LoopbackServer(["/": [.answer("a")]])
        defer { server.stop() }
        let url = try #require(WebURL("http://localhost:\(server.port)/"))
        try await Fetcher.lent { fetcher async throws in
            _ = try await fetcher.fetch(FetchRequest(url: url, allowedAddresses: .loopback))
            #expect(await fetcher.failure(FetchRequest(url: url)) == .addressRefused)
        }
        #expect(server.requests.count == 1)
    }

    @Test("a refusal is not worth another try")
    func notTransient() {
        #expect(!FetchError(.addressRefused, url: nil, cause: "").isTransient)
    }
}

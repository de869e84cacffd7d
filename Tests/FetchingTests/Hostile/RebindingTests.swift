import Testing
import WebStandards

@testable import Fetching

/// A name that first leads to an allowed address and then to a guarded one. 127.0.0.2 stands for the public internet.
@Suite("DNS rebinding")
struct RebindingTests {
    private let rules = AddressRules(allowing: ["127.0.0.2"])
    /// An answer after which the connection is not kept, whether its end was seen yet or not.
    private let last: [Step] = [.answer("a", headers: ["Connection: close"]), .close]

    /// An allowed and a guarded server on the same port.
    private func servers(_ steps: [Step]) throws -> (allowed: LoopbackServer, guarded: LoopbackServer) {
        for _ in 0..<20 {
            let allowed = try LoopbackServer(address: "127.0.0.2") { _ in steps }
            if let guarded = try? LoopbackServer(address: "127.0.0.1", port: allowed.port, { _ in [.answer("secret")] })
            {
                return (allowed, guarded)
            }
            allowed.stop()
        }
        throw LoopbackServer.SetUpFailed()
    }

    private func request(_ port: UInt16, _ addresses: IPAddress...) throws -> FetchRequest {
        var request = FetchRequest(url: try #require(WebURL("http://rebind.test:\(port)/")), allowedAddresses: rules)
        request.resolvedAddresses = addresses
        return request
    }

    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    @Test("when the name leads elsewhere the next time, that is judged anew")
    func rebound() async throws {
        let (allowed, guarded) = try servers(last)
        defer { allowed.stop(); guarded.stop() }
        let (good, bad) = (try address("127.0.0.2"), try address("127.0.0.1"))
        try await Fetcher.lent { fetcher async throws in
            let response = try await fetcher.fetch(request(allowed.port, good))
            #expect(response.connectedAddress == "127.0.0.2")
            #expect(await fetcher.failure(try request(allowed.port, bad)) == .addressRefused)
        }
        #expect(guarded.connections == 0 && allowed.requests.count == 1)
    }

    @Test("a name with a guarded and an allowed address leads to the allowed one only, in either order")
    func mixed() async throws {
        let (allowed, guarded) = try servers(last)
        defer { allowed.stop(); guarded.stop() }
        let (good, bad) = (try address("127.0.0.2"), try address("127.0.0.1"))
        try await Fetcher.lent { fetcher async throws in
            for request in [try request(allowed.port, bad, good), try request(allowed.port, good, bad)] {
                #expect(try await fetcher.fetch(request).connectedAddress == "127.0.0.2")
            }
        }
        #expect(guarded.connections == 0)
    }

    @Test("what is judged is what is connected: a kept connection goes on to where it led, never to the new address")
    func kept() async throws {
        let (allowed, guarded) = try servers([.answer("a")])
        defer { allowed.stop(); guarded.stop() }
        let (good, bad) = (try address("127.0.0.2"), try address("127.0.0.1"))
        try await Fetcher.lent { fetcher async throws in
            _ = try await fetcher.fetch(request(allowed.port, good))
            let second = try await fetcher.fetch(request(allowed.port, bad))
            #expect(second.connectedAddress == "127.0.0.2" && second.newConnections == 0)
        }
        #expect(guarded.connections == 0)
    }
}

import Testing
import WebStandards

@testable import Fetching

/// Every way to write, hide or change an address: judged is where the connection goes.
@Suite("Spellings of guarded addresses")
struct AddressSpellingTests {
    static let spellings = [
        "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0177.1", "2130706433", "017700000001", "0x7f000001", "0x7f.1",
        "0x7F.0x0.0x0.0x1", "127.0.0.1.", "127.255.255.254", "0.0.0.0", "0", "0x0", "[::1]", "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]",
        "[2001:0:0:0:0:0:80ff:fffe]", "169.254.169.254", "[::ffff:169.254.169.254]", "0xa9fea9fe",
        "0251.0376.0251.0376",
        "2852039166", "[fd00:ec2::254]", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16", "10.0.0.1",
        "172.16.0.1", "172.31.255.255", "192.168.0.1", "0xc0.0250.01", "0300.0250.0.1", "100.64.0.1", "169.254.0.1",
        "192.0.2.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "[fc00::1]", "[fd00::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[100::1]", "[5f00::1]",
        "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "１２７.1", "⑯⑨.②⑤④.169.254",
        "localhost", "LOCALHOST", "localhost.", "ｌｏｃａｌｈｏｓｔ", "ⓛocalhost",
    ]

    @Test(
        "a URL that spells a guarded address is refused; through a proxy too, which is not asked", arguments: spellings)
    func spelled(host: String) async throws {
        // A spelling that is no URL is refused all the sooner.
        guard let url = WebURL("http://\(host):1/") else { return }
        let proxy = try LoopbackServer { _ in [.answer("secret")] }
        defer { proxy.stop() }
        try await Fetcher.lent { fetcher async throws in
            #expect(await fetcher.failure(FetchRequest(url: url)) == .addressRefused, "\(url)")
            for kind in [FetchProxy.Kind.http, .socks5] {
                let request = FetchRequest(url: url, proxy: .init(kind, host: "127.0.0.1", port: proxy.port))
                #expect(await fetcher.failure(request) == .addressRefused, "\(url)")
            }
        }
        #expect(proxy.connections == 0)
    }

    @Test("so is a name that leads there, whatever form its addresses have")
    func resolved() async throws {
        let addresses = Self.spellings.compactMap { WebURL("http://\($0)/")?.host.flatMap { IPAddress($0) } }
        #expect(addresses.count > 50)
        try await Fetcher.lent { fetcher async throws in
            for address in Set(addresses) {
                var request = FetchRequest(url: try #require(WebURL("http://public.test:1/")))
                request.resolvedAddresses = [address]
                #expect(await fetcher.failure(request) == .addressRefused, "\(address)")
            }
        }
    }

    @Test("an address is allowed by its own block only, and by its form and itself where it stands for another")
    func allowed() async throws {
        let server = try LoopbackServer { _ in [.answer("a")] }
        defer { server.stop() }
        func code(_ host: String, _ allowed: [AddressBlock]) async throws -> FetchError.Code? {
            let url = try #require(WebURL("http://\(host):\(server.port)/"))
            let request = FetchRequest(url: url, allowedAddresses: .init(allowing: allowed))
            return try await Fetcher.lent { fetcher in
                do {
                    _ = try await fetcher.fetch(request)
                    return nil
                } catch {
                    return (error as? FetchError)?.code
                }
            }
        }
        #expect(try await code("127.0.0.1", ["127.0.0.1"]) == nil)
        #expect(try await code("2130706433", ["127.0.0.0/8"]) == nil)
        #expect(try await code("127.0.0.1", ["127.0.0.2", "10.0.0.0/8", "::1"]) == .addressRefused)
        #expect(try await code("[::ffff:127.0.0.1]", ["127.0.0.0/8"]) == .addressRefused)
        #expect(try await code("[::ffff:127.0.0.1]", ["::ffff:0:0/96"]) == .addressRefused)
        let both = try await code("[::ffff:127.0.0.1]", ["127.0.0.0/8", "::ffff:0:0/96"])
        #expect(both == nil || both == .connect)
        #expect(try await code("169.254.169.254", ["169.254.0.0/16"]) == .addressRefused)
    }
}

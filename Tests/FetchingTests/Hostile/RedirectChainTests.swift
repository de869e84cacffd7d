import Fetching
import Testing
import WebStandards

/// Hop after hop as the crawl follows them, each a request of its own: the one that leads astray is refused, wherever it stands.
@Suite("Redirect chains")
struct RedirectChainTests {
    /// Follows a chain from `/0`; the hops made and how it ended. 127.0.0.2 stands for the public internet.
    private func follow(_ server: LoopbackServer) async throws -> (hops: Int, code: FetchError.Code?) {
        let start = try #require(WebURL("http://127.0.0.2:\(server.port)/0"))
        return try await Fetcher.lent { fetcher async throws in
            var url = start
            for hop in 0..<10 {
                do {
                    let response = try await fetcher.fetch(
                        FetchRequest(url: url, allowedAddresses: .init(allowing: ["127.0.0.2"])))
                    guard let next = response.headers.first("location").flatMap({ WebURL($0, base: url) }) else {
                        return (hop, nil)
                    }
                    url = next
                } catch let error as FetchError {
                    return (hop, error.code)
                }
            }
            return (10, nil)
        }
    }

    private static let targets: [(String, FetchError.Code)] = [
        ("http://127.0.0.1:PORT/", .addressRefused), ("http://2130706433:PORT/", .addressRefused),
        ("http://localhost:PORT/", .addressRefused), ("//0x7f.1:PORT/", .addressRefused),
        ("http://[::ffff:127.0.0.1]:PORT/", .addressRefused),
        ("http://169.254.169.254/latest/meta-data/", .addressRefused),
        ("file:///etc/passwd", .invalidRequest), ("FILE:///etc/passwd", .invalidRequest),
        ("file://127.0.0.1/etc/passwd", .invalidRequest), ("gopher://127.0.0.1:PORT/_x", .invalidRequest),
        ("dict://127.0.0.1:PORT/d:x", .invalidRequest), ("ftp://127.0.0.1:PORT/", .invalidRequest),
        ("data:text/html,hello", .invalidRequest), ("javascript:alert(1)", .invalidRequest),
        ("ldap://127.0.0.1:PORT/", .invalidRequest), ("jar:http://127.0.0.1:PORT/!/", .invalidRequest),
        ("view-source:http://127.0.0.1:PORT/", .invalidRequest), ("about:blank", .invalidRequest),
    ]

    @Test("a chain that turns to a guarded address or another scheme ends at that hop", arguments: 1...5)
    func chains(length: Int) async throws {
        let canary = try LoopbackServer { _ in [.answer("secret")] }
        defer { canary.stop() }
        for (target, code) in Self.targets {
            let location = target.replacing("PORT", with: "\(canary.port)")
            let server = try LoopbackServer(address: "127.0.0.2") { path in
                let hop = Int(path.dropFirst()) ?? 0
                return [
                    .answer(
                        "", status: "302 Found", headers: ["Location: \(hop + 1 == length ? location : "/\(hop + 1)")"])
                ]
            }
            defer { server.stop() }
            let end = try await follow(server)
            #expect(end.hops == length && end.code == code, "\(location)")
            #expect(server.requests.count == length)
        }
        #expect(canary.connections == 0)
    }
}

import Dispatch
import Fetching
import Foundation
import Synchronization
import TestSupport
import Testing
import WebStandards

@testable import Service

/// Against a real server on this machine.
@Suite("ImageCache") struct ImageCacheTests {
    private static let gif = "GIF89a: as good as a picture"

    private static func with(
        addresses: AddressRules = .loopback, _ answer: @escaping @Sendable (AskedServer.Asked) -> AskedServer.Answer,
        _ body: (ImageCache, AskedServer, URL) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("covers-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try AskedServer(answer)
        let cache = try ImageCache(
            folder: folder, mostBytes: 1 << 20, fetcher: Fetcher(configuration: .init(userAgent: "test")),
            allowedAddresses: addresses, pause: .zero,
            // An image that a test holds back on a busy machine is not late.
            timeLimit: .seconds(600))
        try await body(cache, server, folder)
    }

    private static func url(_ server: AskedServer, _ path: String) throws -> (name: String, url: WebURL) {
        let url = try #require(WebURL("http://127.0.0.1:\(server.port)\(path)"))
        return (ImagePolicy.fingerprint(of: url.href), url)
    }

    @Test("many who look at once cost one request, and nobody later any; the server's word for the kind is not taken")
    func coalesced() async throws {
        try await Self.with({ _ in .init(Self.gif, fields: ["Content-Type: text/html"]) }) { cache, server, folder in
            let (name, url) = try Self.url(server, "/a.gif")
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await cache.image(name, at: url).kind.mediaType } }
                for try await kind in group { #expect(kind == "image/gif") }
            }
            let again = try ImageCache(
                folder: folder, mostBytes: 1 << 20, fetcher: Fetcher(configuration: .init(userAgent: "test")),
                allowedAddresses: .loopback)
            #expect(try await again.image(name, at: url).bytes == Array(Self.gif.utf8))
            #expect(server.asked.count == 1)
        }
    }

    @Test(
        "what is missing, leads elsewhere, is no image or too large is refused and not asked for again",
        arguments: [(404, "no"), (302, "moved"), (200, "<svg onload='alert(1)'/>"), (200, "large")])
    func refused(status: Int, body: String) async throws {
        let text = body == "large" ? "GIF89a" + String(repeating: "x", count: 5 << 20) : body
        try await Self.with({ _ in .init(text, status: status, fields: ["Location: /b.gif"]) }) { cache, server, _ in
            let (name, url) = try Self.url(server, "/a.gif")
            for _ in 0..<3 {
                await #expect(throws: ImageCache.Failure.missing) { _ = try await cache.image(name, at: url) }
            }
            #expect(server.asked.count == 1)
        }
    }

    @Test("a host that has had enough is left alone, for all its images")
    func tooMany() async throws {
        try await Self.with({ _ in .init("", status: 429, fields: ["Retry-After: 120"]) }) { cache, server, _ in
            for path in ["/a.gif", "/b.gif", "/a.gif"] {
                let (name, url) = try Self.url(server, path)
                await #expect(throws: ImageCache.Failure.later) { _ = try await cache.image(name, at: url) }
            }
            #expect(server.asked.count == 1)
        }
    }

    @Test("whoever came when too many waited already gets the image the next time: the site did not refuse it")
    func queue() async throws {
        let gate = DispatchSemaphore(value: 0)
        let answer = { @Sendable (_: AskedServer.Asked) -> AskedServer.Answer in
            gate.wait()
            gate.signal()
            return .init(Self.gif)
        }
        try await Self.with(answer) { cache, server, _ in
            let images = try (0...ImageTurns.mostWaiting).map { try Self.url(server, "/\($0).gif") }
            let refused = try await withThrowingTaskGroup(of: Int?.self) { group in
                for (number, image) in images.enumerated() {
                    group.addTask {
                        do {
                            _ = try await cache.image(image.name, at: image.url)
                            return nil
                        } catch ImageCache.Failure.busy { return number }
                    }
                }
                let first = try await group.next() ?? nil
                gate.signal()
                try await group.waitForAll()
                return first
            }
            let image = images[try #require(refused)]
            #expect(try await cache.image(image.name, at: image.url).bytes == Array(Self.gif.utf8))
        }
    }

    @Test("addresses inside are guarded: this machine is not asked unless the operator allows it")
    func guarded() async throws {
        try await Self.with(addresses: .publicOnly, { _ in .init(Self.gif) }) { cache, server, _ in
            let (name, url) = try Self.url(server, "/a.gif")
            await #expect(throws: ImageCache.Failure.later) { _ = try await cache.image(name, at: url) }
            #expect(server.asked.isEmpty)
        }
    }
}

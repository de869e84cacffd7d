import Fetching
import Testing
import WebStandards

/// Answers without end, or nearly: each stops at a limit, and its place in the fetcher is free again.
@Suite("Endless answers")
struct EndlessAnswerTests {
    /// The failure, after which the fetcher's only place must serve another request; and what had been sent by then.
    private func failure(
        _ steps: [Step], limits: FetchLimits = .init()
    ) async throws -> (code: FetchError.Code?, sent: Int) {
        let server = try LoopbackServer(["/": steps, "/next": [.answer("next")]])
        defer { server.stop() }
        let code = try await Fetcher.lent(maximumTransfers: 1) { fetcher async throws in
            let code = try await fetcher.failure(server.request("/", limits: limits))
            #expect(try await fetcher.fetch(server.request("/next")).body == Array("next".utf8))
            return code
        }
        return (code, server.bytesSent)
    }

    /// What the sockets' buffers may hold beyond what was read.
    private static let allowance = 16 << 20

    @Test(
        "headers without end stop at the limit, whatever their form",
        arguments: [
            [.text("HTTP/1.1 200 OK\r\n"), .sendForever(Array("A: \(String(repeating: "b", count: 1000))\r\n".utf8))],
            [.text("HTTP/1.1 200 OK\r\n"), .sendForever(Array("a:b\r\n".utf8))],
            [.text("HTTP/1.1 200 OK\r\nA: "), .sendForever([UInt8](repeating: 0x62, count: 4096))],
            [.text("HTTP/1.1 200 OK\r\nA: b\r\n"), .sendForever(Array(" folded\r\n".utf8))],
            [.text("HTTP/1.1 "), .sendForever([UInt8](repeating: 0x32, count: 4096))],
            [.text("HTTP/1.1 200 "), .sendForever([UInt8](repeating: 0x4f, count: 4096))],
            [.sendForever(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))],
            [.sendForever(Array("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".utf8))],
            [
                .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"),
                .sendForever(Array("Trailer: a\r\n".utf8)),
            ],
        ] as [[Step]])
    func headers(steps: [Step]) async throws {
        let (code, sent) = try await failure(steps)
        #expect(code == .headersTooLarge || code == .protocolError)
        #expect(sent < Self.allowance)
    }

    @Test(
        "a body without end stops at the limit",
        arguments: [
            [
                .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                .sendForever(Array("1000\r\n".utf8) + [UInt8](repeating: 0x61, count: 4096) + Array("\r\n".utf8)),
            ],
            [
                .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                .sendForever(Array("1\r\na\r\n".utf8)),
            ],
            [.text("HTTP/1.1 200 OK\r\n\r\n"), .sendForever([UInt8](repeating: 0x61, count: 4096))],
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"), .hang],
        ] as [[Step]])
    func body(steps: [Step]) async throws {
        let (code, sent) = try await failure(steps, limits: FetchLimits(body: 100_000))
        #expect(code == .bodyTooLarge)
        #expect(sent < Self.allowance)
    }

    @Test("a chunk extension without end stops")
    func chunkExtension() async throws {
        let (code, _) = try await failure(
            [
                .text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;"),
                .sendForever([UInt8](repeating: 0x61, count: 4096)),
            ], limits: FetchLimits(total: .milliseconds(500)))
        #expect(code == .timeout || code == .protocolError)
    }

    @Test("a body of exactly the limit is complete; one byte more is cut where the caller asked for that")
    func truncation() async throws {
        let server = try LoopbackServer(["/10": [.answer("0123456789")], "/11": [.answer("0123456789a")]])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            let limits = FetchLimits(body: 10, overflow: .truncate)
            let whole = try await fetcher.fetch(server.request("/10", limits: limits))
            #expect(whole.body.count == 10 && !whole.isTruncated)
            let cut = try await fetcher.fetch(server.request("/11", limits: limits))
            #expect(cut.body == whole.body && cut.isTruncated && cut.status == 200)
            #expect(try await fetcher.failure(server.request("/11", limits: .init(body: 10))) == .bodyTooLarge)
        }
    }

    @Test(
        "no answer, and an answer that stops, run into the total time-out",
        arguments: [
            [.hang], [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"), .hang],
            [.text("HTTP/1.1 200 OK\r\nA: "), .hang],
            [.text("HTTP/1.1 200 OK\r\n\r\n"), .drip([UInt8](repeating: 0x61, count: 100))],
            [.text("HTTP/1.1 200 OK\r\nA: "), .drip([UInt8](repeating: 0x61, count: 100))],
            [.drip(Array("HTTP/1.1 200 OK\r\nA: ".utf8).repeated(9))],
        ] as [[Step]])
    func totalTimeout(steps: [Step]) async throws {
        let (code, _) = try await failure(steps, limits: .init(total: .milliseconds(300)))
        #expect(code == .timeout)
    }

    @Test("silence, and a drip slower than the limit, are too slow long before the total time-out")
    func slowDrip() async throws {
        var limits = FetchLimits(total: .seconds(600))
        limits.minimumSpeed = 1000
        limits.slownessTimeout = .seconds(1)
        for last in [Step.hang, .drip([UInt8](repeating: 0x61, count: 600))] {
            let start = ContinuousClock.now
            let (code, _) = try await failure(
                [.text("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n1"), last], limits: limits)
            #expect(code == .tooSlow)
            #expect(start.duration(to: .now) < .seconds(300))
        }
    }

    @Test("100 MB of one header and a million header lines cost next to no memory")
    func memory() async throws {
        let megabyte = [UInt8](repeating: 0x62, count: 1 << 20)
        let server = try LoopbackServer([
            "/one": [.text("HTTP/1.1 200 OK\r\nA: ")] + Array(repeating: .send(megabyte), count: 100),
            "/many": [
                .text("HTTP/1.1 200 OK\r\n"),
                .send(Array("a:b\r\n".utf8).repeated(1_000_000)),
            ],
            "/body": [.text("HTTP/1.1 200 OK\r\n\r\n"), .sendForever(megabyte)],
        ])
        defer { server.stop() }
        let probe = try await Probe(["limit=1000000"] + ["/one", "/many", "/body"].map { try server.url($0).href })
        #expect(
            probe.outcomes.sorted() == ["error bodyTooLarge", "error headersTooLarge", "error headersTooLarge"])
        #expect(probe.memoryKiB < 64 << 10)
        #expect(probe.seconds < 60)
    }
}

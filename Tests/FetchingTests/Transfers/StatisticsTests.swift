import Fetching
import Testing
import WebStandards

@Suite("FetchStatistics")
struct StatisticsTests {
    @Test("connections, bytes and times are summed over all hosts, and connections by host")
    func sums() async throws {
        let body = [UInt8](repeating: 0x61, count: 1000)
        let server = try LoopbackServer([
            "/a": [.answer(body)], "/gzip": [.answer(Compressed.gzip(body), headers: ["Content-Encoding: gzip"])],
            "/short": [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123"), .close],
        ])
        defer { server.stop() }
        @Sendable func request(_ text: String) throws -> FetchRequest {
            FetchRequest(
                url: try #require(WebURL(text)), connectTo: .init(host: "127.0.0.1", port: server.port),
                allowedAddresses: .loopback)
        }
        try await Fetcher.lent { fetcher async throws in
            #expect(fetcher.statistics == FetchStatistics())
            var timing = FetchTiming()
            for _ in 0..<3 { timing = try await fetcher.fetch(request("http://a.test/a")).timing }
            _ = try await fetcher.fetch(request("http://b.test/gzip"))
            #expect(await fetcher.failure(try request("http://b.test/short")) == .incomplete)
            #expect(await fetcher.failure(try request("ftp://b.test/")) == .invalidRequest)

            let statistics = fetcher.statistics
            #expect(statistics.transfers == 5)
            #expect(statistics.connections.opened == 2 && statistics.connections.reused == 3)
            #expect(statistics.hosts["a.test"]?.opened == 1 && statistics.hosts["a.test"]?.reused == 2)
            #expect(statistics.hosts["b.test"]?.opened == 1 && statistics.hosts["b.test"]?.reused == 1)
            #expect(statistics.wireBytes == 3000 + Compressed.gzip(body).count + 3)
            #expect(statistics.decodedBytes == 4000)
            #expect(statistics.timing.total > timing.total && statistics.timing.firstByte > .zero)
        }
    }

    @Test("each part of a transfer has its time, and the wait for a free place one of its own")
    func breakdown() async throws {
        let server = try LoopbackServer(["/slow": [.drip([]), .hang], "/": [.answer("a")]])
        defer { server.stop() }
        try await Fetcher.lent(maximumTransfers: 1) { fetcher async throws in
            let slow = try server.request("/slow", limits: .init(total: .milliseconds(300)))
            async let failure = fetcher.failure(slow)
            await server.received(1)
            let response = try await fetcher.fetch(server.request("/"))
            #expect(await failure == .timeout)
            let timing = response.timing
            #expect(timing.queued > .zero && timing.connect > .zero && timing.firstByte > .zero)
            #expect(timing.tls == .zero)
            #expect(timing.total >= timing.nameLookup + timing.connect + timing.firstByte)
        }
    }
}

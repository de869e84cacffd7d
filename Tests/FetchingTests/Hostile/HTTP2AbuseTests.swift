import Fetching
import Testing

/// What only HTTP/2 can do to a client: each ends as an error, in bounded memory and time.
@Suite("HTTP/2 abuse", .enabled(if: PythonServer.isAvailable, PythonServer.hint))
struct HTTP2AbuseTests {
    private static let paths = [
        "push", "reset", "reset-flood", "settings-flood", "ping-flood", "settings-huge", "window-overflow",
        "continuation-flood", "empty-continuations", "header-bomb", "interim-flood", "empty-data", "short", "goaway",
        "unknown-stream", "garbage", "bad-headers",
    ]

    @Test("abuse is an error, never a page, and the next request is none the worse for it")
    func failures() async throws {
        let server = try await PythonServer(.http2)
        defer { server.stop() }
        let codes: Set<FetchError.Code?> = [.protocolError, .incomplete, .headersTooLarge, .timeout]
        try await Fetcher.lent(maximumTransfers: 1, certificateAuthorities: server.certificate) {
            fetcher async throws in
            for path in Self.paths {
                let code = await fetcher.failure(try server.request(path, limits: .init(total: .seconds(1))))
                #expect(codes.contains(code), "\(path): \(code.map(\.rawValue) ?? "")")
                #expect(try await fetcher.fetch(server.request("hello")).body == Array("hello".utf8), "\(path)")
            }
        }
    }

    @Test("a flood without end does not hold up other hosts")
    func otherHosts() async throws {
        let (server, other) = (try await PythonServer(.http2), try LoopbackServer { _ in [.answer("a")] })
        defer { server.stop(); other.stop() }
        try await Fetcher.lent(certificateAuthorities: server.certificate) { fetcher async throws in
            var limits = FetchLimits(total: .seconds(600))
            limits.slownessTimeout = .seconds(5)
            let request = try server.request("empty-data", limits: limits)
            let flood = Task { await fetcher.failure(request) }
            let start = ContinuousClock.now
            // Some fall before, some into the flood.
            for _ in 0..<20 {
                #expect(try await fetcher.fetch(other.request("/")).status == 200)
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(start.duration(to: .now) < .seconds(200))
            let code = await flood.value
            #expect(code == .incomplete || code == .tooSlow)
        }
    }

    @Test("all of it together stays within a few megabytes")
    func memory() async throws {
        let server = try await PythonServer(.http2)
        defer { server.stop() }
        let probe = try await Probe(
            ["ca=\(server.certificate)", "to=\(server.port)", "timeout=1000"]
                + Self.paths.map { "https://site.test/\($0)" })
        #expect(probe.outcomes.count == Self.paths.count && probe.outcomes.allSatisfy { $0.hasPrefix("error ") })
        #expect(probe.memoryKiB < 64 << 10)
        #expect(probe.seconds < 120)
    }

    @Test("a body of padding alone is too little, too late")
    func padding() async throws {
        let server = try await PythonServer(.http2)
        defer { server.stop() }
        try await Fetcher.lent(certificateAuthorities: server.certificate) { fetcher async throws in
            let code = await fetcher.failure(try server.request("padding", limits: .init(total: .milliseconds(500))))
            #expect(code == .timeout || code == .protocolError)
        }
    }
}

import Fetching
import Testing

@Suite("Concurrent transfers")
struct ConcurrencyTests {
    @Test("200 fetches run eight at a time, and all are answered")
    func limit() async throws {
        // Each answer waits for seven others: fewer at once would never end.
        let server = try LoopbackServer { target in [.meet(8), .answer(target)] }
        defer { server.stop() }
        try await Fetcher.lent(maximumTransfers: 8) { fetcher async throws in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await fetcher.fetch(server.request("/\(number)")).body == Array("/\(number)".utf8)
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
        #expect(server.largestMeeting == 8)
        #expect(server.connections <= 16)
    }

    @Test("cancelling a transfer frees its place")
    func cancelRunning() async throws {
        let server = try LoopbackServer(["/hang": [.hang], "/": [.answer("a")]])
        defer { server.stop() }
        try await Fetcher.lent(maximumTransfers: 1) { fetcher async throws in
            let hanging = Task { await fetcher.failure(try server.request("/hang")) }
            await server.received(1)
            hanging.cancel()
            #expect(try await hanging.value == .cancelled)
            #expect(try await fetcher.fetch(server.request("/")).status == 200)
        }
    }

    @Test("a transfer is ended from outside of its task, before it begins too")
    func stop() async throws {
        let server = try LoopbackServer(["/hang": [.hang], "/": [.answer("a")]])
        defer { server.stop() }
        try await Fetcher.lent(maximumTransfers: 1) { fetcher async throws in
            let stop = FetchStop()
            let hanging = Task { () -> FetchError.Code? in
                let request = try server.request("/hang")
                do throws(FetchError) { _ = try await fetcher.fetch(request, until: stop) } catch { return error.code }
                return nil
            }
            await server.received(1)
            stop.stop()
            #expect(try await hanging.value == .cancelled)
            await #expect(throws: FetchError.self) {
                try await fetcher.fetch(try server.request("/"), until: stop)
            }
            #expect(try await fetcher.fetch(server.request("/"), until: FetchStop()).status == 200)
            #expect(server.requests.count <= 2)
        }
    }

    @Test("a cancelled transfer's connection is closed at once, whatever it was doing")
    func cancelCloses() async throws {
        let scripts: [[Step]] = [
            [.hang], [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"), .hang],
            [.text("HTTP/1.1 200 OK\r\nA: "), .hang],
            [.text("HTTP/1.1 200 OK\r\n\r\n"), .sendForever([UInt8](repeating: 0x61, count: 10))],
        ]
        let server = try LoopbackServer { scripts[Int($0.dropFirst()) ?? 0] }
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            for number in scripts.indices {
                let task = Task {
                    await fetcher.failure(try server.request("/\(number)", limits: FetchLimits(body: 1 << 40)))
                }
                await server.received(number + 1)
                task.cancel()
                #expect(try await task.value == .cancelled)
                // The fetcher is still there, so it is not its end that closes the connection.
                while server.ended <= number { try await Task.sleep(for: .milliseconds(1)) }
            }
        }
    }

    @Test("a transfer that waits can be cancelled while another has the place")
    func cancelWaiting() async throws {
        let server = try LoopbackServer(["/hang": [.hang]])
        defer { server.stop() }
        try await Fetcher.lent(maximumTransfers: 1) { fetcher async throws in
            let hanging = Task { await fetcher.failure(try server.request("/hang")) }
            await server.received(1)
            let waiting = Task { await fetcher.failure(try server.request("/hang")) }
            waiting.cancel()
            #expect(try await waiting.value == .cancelled)
            hanging.cancel()
            #expect(try await hanging.value == .cancelled)
        }
        #expect(server.requests.count == 1)
    }

    @Test("a task that is cancelled already fetches nothing")
    func cancelledBefore() async throws {
        let server = try LoopbackServer(["/": [.hang]])
        defer { server.stop() }
        try await Fetcher.lent { fetcher async throws in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await fetcher.failure(try server.request("/"))
            }
            #expect(try await task.value == .cancelled)
        }
    }

    @Test("shutdown ends what runs and what waits, and refuses what comes later")
    func shutdown() async throws {
        let server = try LoopbackServer(["/hang": [.hang]])
        defer { server.stop() }
        var configuration = FetcherConfiguration(userAgent: "x")
        configuration.maximumTransfers = 2
        let fetcher = try Fetcher(configuration: configuration)
        let request = try server.request("/hang")
        let codes = await withTaskGroup(of: FetchError.Code?.self) { group in
            for _ in 0..<5 { group.addTask { await fetcher.failure(request) } }
            await server.received(2)
            await fetcher.shutdown()
            await fetcher.shutdown()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == Array(repeating: .shutdown, count: 5))
        #expect(await fetcher.failure(request) == .shutdown)
    }

    @Test("a fetcher that nobody holds any more ends its thread")
    func dropped() async throws {
        let server = try LoopbackServer(["/": [.answer("a"), .hang]])
        defer { server.stop() }
        for _ in 0..<50 {
            let fetcher = try Fetcher(configuration: .init(userAgent: "x"))
            #expect(try await fetcher.fetch(server.request("/")).status == 200)
        }
    }
}

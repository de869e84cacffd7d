import CrawlDomain
import Fetching
import Synchronization
import Testing
import WebStandards

@testable import CrawlEngine

/// Answers as it is told to, and keeps what it is asked.
private final class ScriptedKeeper: TurnKeeper {
    private let script: Mutex<[TurnAnswer]>
    private let asked = Mutex<[String]>([])

    init(_ answers: [TurnAnswer] = []) { script = Mutex(answers) }

    var calls: [String] { asked.withLock { $0 } }

    private func note(_ call: String) { asked.withLock { $0.append(call) } }

    func take(_ turn: Turn, holder: String, hold: Duration) -> TurnAnswer {
        note("take \(turn.key)")
        return script.withLock { $0.isEmpty ? .taken : $0.removeFirst() }
    }

    func end(_ turn: Turn, holder: String) { note("end \(turn.key)") }
    func giveBack(_ turn: Turn, holder: String) { note("back \(turn.key)") }
    func block(_ turn: Turn, for pause: Duration) { note("block \(turn.key) \(pause)") }
}

@Suite struct SharedTurnsTests {
    private let url: WebURL

    init() throws { url = try #require(WebURL("https://anime.example/1")) }

    private func turns(_ keeper: ScriptedKeeper, site: Duration = .zero, address: Duration = .seconds(1)) -> SharedTurns
    {
        SharedTurns(keeper: keeper, site: "demo", siteGap: site, addressGap: address) { host in
            host == "anime.example" ? IPAddress("192.0.2.1") : nil
        }
    }

    private func response(from address: String) -> FetchResponse {
        FetchResponse(url: url, status: 200, connectedAddress: address)
    }

    private func take(_ turns: inout SharedTurns, longestWait: Duration = .seconds(20)) async throws
        -> SharedTurns.Grant?
    {
        try await turns.take(for: FetchRequest(url: url), longestWait: longestWait) { false }
    }

    @Test("the first request takes the turn of the address that the name leads to, later ones that of the connection")
    func addresses() async throws {
        let keeper = ScriptedKeeper()
        var turns = turns(keeper)
        guard case .taken(let held)? = try await take(&turns) else { throw Missing() }
        try await turns.end(held, response: response(from: "192.0.2.9"))
        _ = try await take(&turns)
        #expect(
            keeper.calls == [
                "take address|192.0.2.1", "end address|192.0.2.1", "end address|192.0.2.9", "take address|192.0.2.9",
            ])
    }

    @Test("of two turns both are taken, or none and the wait is told")
    func allOrNone() async throws {
        let keeper = ScriptedKeeper([.taken, .wait(.seconds(60))])
        var turns = turns(keeper, site: .seconds(2))
        guard case .wait(let left)? = try await take(&turns) else { throw Missing() }
        #expect(left == .seconds(60))
        #expect(keeper.calls == ["take site|demo", "take address|192.0.2.1", "back site|demo"])
    }

    /// Gives the first turn; while the second is taken the run is cancelled.
    private final class CancelledKeeper: TurnKeeper {
        private let held = Mutex<Set<String>>([])

        var left: Set<String> { held.withLock { $0 } }

        func take(_ turn: Turn, holder: String, hold: Duration) throws -> TurnAnswer {
            // The answer is lost, but it was taken.
            held.withLock { _ = $0.insert(turn.key) }
            guard turn.kind == .address else { return .taken }
            withUnsafeCurrentTask { $0?.cancel() }
            throw CancellationError()
        }

        func end(_ turn: Turn, holder: String) {}
        func giveBack(_ turn: Turn, holder: String) throws {
            try Task.checkCancellation()
            held.withLock { _ = $0.remove(turn.key) }
        }
        func block(_ turn: Turn, for pause: Duration) {}
    }

    @Test("a run that is cancelled while it takes turns leaves none behind, for which others would wait")
    func cancelled() async throws {
        let keeper = CancelledKeeper()
        await Task {
            var turns = SharedTurns(keeper: keeper, site: "demo", siteGap: .seconds(1), addressGap: .seconds(1)) { _ in
                IPAddress("192.0.2.1")
            }
            await #expect(throws: CancellationError.self) { _ = try await take(&turns) }
        }.value
        #expect(keeper.left.isEmpty)
    }

    @Test("a stop is heard while a turn is waited for", .timeLimit(.minutes(5)))
    func stopped() async throws {
        var turns = turns(ScriptedKeeper([.wait(.seconds(3_600))]))
        let looks = Mutex(0)
        let grant = try await turns.take(for: FetchRequest(url: url), longestWait: .seconds(4_000)) {
            looks.withLock { looks in
                looks += 1
                return looks > 1
            }
        }
        #expect(grant == nil)
    }

    @Test("a turn that is soon free is waited for")
    func waits() async throws {
        let keeper = ScriptedKeeper([.busy, .wait(.milliseconds(1)), .taken])
        var turns = turns(keeper, address: .milliseconds(10))
        guard case .taken? = try await take(&turns) else { throw Missing() }
        #expect(keeper.calls.count == 3)
    }

    @Test("a block keeps the site away from the address, and is told with it")
    func blocks() async throws {
        let keeper = ScriptedKeeper([.taken, .blocked(.seconds(300))])
        var turns = turns(keeper)
        _ = try await take(&turns)
        try await turns.block(for: .seconds(300))
        guard case .blocked(let left, let address)? = try await take(&turns) else { throw Missing() }
        #expect(left == .seconds(300) && address == "192.0.2.1")
        #expect(keeper.calls.contains("block address|192.0.2.1 300.0 seconds"))
    }

    @Test("where no gap was promised, and behind a proxy, no address is looked up")
    func nothingShared() async throws {
        let keeper = ScriptedKeeper()
        var none = turns(keeper, address: .zero)
        guard case .taken? = try await take(&none) else { throw Missing() }
        var proxied = turns(keeper)
        let request = FetchRequest(url: url, proxy: FetchProxy("http://127.0.0.1:1"))
        guard case .taken? = try await proxied.take(for: request, longestWait: .zero, isOver: { false }) else {
            throw Missing()
        }
        #expect(keeper.calls.isEmpty)
    }

    @Test("a run that ends waits for nothing")
    func over() async throws {
        let keeper = ScriptedKeeper([.busy])
        var turns = turns(keeper)
        let grant = try await turns.take(for: FetchRequest(url: url), longestWait: .zero) { true }
        #expect(grant == nil && keeper.calls.isEmpty)
    }

    private struct Missing: Error {}
}

@Suite struct AddressLookupTests {
    @Test("an address is itself; this machine's name leads to it; a name that cannot exist leads nowhere")
    func lookups() async {
        #expect(await AddressLookup.first(of: "192.0.2.7") == IPAddress("192.0.2.7"))
        #expect(await AddressLookup.first(of: "[::1]") == IPAddress("::1"))
        let local = await AddressLookup.first(of: "localhost")
        #expect(local == IPAddress("127.0.0.1") || local == IPAddress("::1"))
        #expect(await AddressLookup.first(of: "no such host") == nil)
    }
}

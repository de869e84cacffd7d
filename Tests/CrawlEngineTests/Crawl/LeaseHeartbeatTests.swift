import CrawlDomain
import Fetching
import Testing

@testable import CrawlEngine

@Suite struct LeaseHeartbeatTests {
    private let lease = HostLease(site: "test", host: "127.0.0.1:81", owner: "a", token: 1)

    /// Waits for its end.
    private static func request(_ stop: FetchStop) async -> String {
        await withCheckedContinuation { end in stop.whenStopped { end.resume(returning: "stopped") } }
    }

    @Test("a lease is held from when it was asked for, not from when the answer came")
    func since() {
        #expect(LeaseHeartbeat(lease, seconds: 30, since: .now - .seconds(20)).isHeld)
        #expect(!LeaseHeartbeat(lease, seconds: 30, since: .now - .seconds(31)).isHeld)
    }

    @Test("a request under way is ended when the lease is lost", .timeLimit(.minutes(5)))
    func lost() async {
        let heartbeat = LeaseHeartbeat(lease, seconds: 1, since: .now)
        let beating = Task { await heartbeat.run(OneHostFrontier(isOurs: false)) }
        #expect(await heartbeat.whileHeld(Self.request) == "stopped")
        await beating.value
    }

    @Test("a request under way is ended when the lease ends because nobody answers", .timeLimit(.minutes(5)))
    func unanswered() async {
        let heartbeat = LeaseHeartbeat(lease, seconds: 1, since: .now)
        let beating = Task { await heartbeat.run(OneHostFrontier(isOurs: nil)) }
        #expect(await heartbeat.whileHeld(Self.request) == "stopped")
        beating.cancel()
        await beating.value
    }

    @Test("a request outlives many renewals")
    func renewed() async {
        let frontier = OneHostFrontier(isOurs: true)
        let heartbeat = LeaseHeartbeat(lease, seconds: 3, since: .now)
        let beating = Task { await heartbeat.run(frontier) }
        let answer = await heartbeat.whileHeld { stop in
            while frontier.calls.count < 4, !stop.isStopped { await Task.yield() }
            return stop.isStopped
        }
        beating.cancel()
        await beating.value
        // Where the machine was so busy that a renewal came too late, it was right to end it.
        #expect(answer == false || frontier.calls.count < 4)
    }
}

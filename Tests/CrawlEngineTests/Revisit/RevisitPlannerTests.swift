import CrawlDomain
import Foundation
import Synchronization
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct RevisitPlannerTests {
    private let now = Date(timeIntervalSince1970: 1_000_000)

    private func planner(_ store: Shares, delay: Double = 1, dailyLimit: Int? = nil) throws -> RevisitPlanner {
        RevisitPlanner(
            spider: try SpiderFixtures.loader().load(site: "demo"), store: store,
            budget: RevisitBudget(delay: .seconds(delay), dailyLimit: dailyLimit))
    }

    @Test("shares are computed once an hour, by whichever process comes first")
    func hourly() async throws {
        let store = Shares()
        try await planner(store).refresh(now: now)
        try await planner(store).refresh(now: now + 600)
        #expect(store.censuses == 1)
        try await planner(store).refresh(now: now + 3_700)
        #expect(store.censuses == 2)
    }

    @Test("a delay that an earlier run met counts until this one has read robots.txt, and no longer")
    func delayTakenBack() async throws {
        let store = Shares()
        let first = try planner(store)
        first.note(delay: .seconds(60))
        try await first.refresh(now: now)
        #expect(store.saved?.delay == 60)
        let second = try planner(store)
        try await second.refresh(now: now + 4_000)
        #expect(store.saved?.delay == 60)
        second.note(delay: .seconds(5))
        try await second.refresh(now: now + 4_001)
        #expect(store.saved?.delay == 5)
        #expect(store.saved.map { $0.budget > 17_000 } == true)
        let censuses = store.censuses
        try await second.refresh(now: now + 4_002)
        #expect(store.censuses == censuses)
    }

    @Test("no more is planned than the day's budget")
    func dailyLimit() async throws {
        let store = Shares()
        try await planner(store, dailyLimit: 700).refresh(now: now)
        #expect(store.saved?.budget == 700)
    }
}

/// Keeps shares, and counts how often they were computed.
private final class Shares: RevisitStore {
    private let state = Mutex<(saved: RevisitShares?, censuses: Int)>((nil, 0))

    var saved: RevisitShares? { state.withLock { $0.saved } }
    var censuses: Int { state.withLock { $0.censuses } }

    func known(_ urls: [URLFingerprint]) async throws -> [KnownURL] { [] }
    func apply(_ effects: [SignalEffect]) async throws {}

    func census(site: String) async throws -> RevisitCensus {
        state.withLock { $0.censuses += 1 }
        return RevisitCensus(groups: [RevisitGroup(page: "anime", className: nil, rate: 1, pages: 1_000)])
    }

    func shares(site: String) async throws -> RevisitShares? { saved }
    func save(_ shares: RevisitShares, site: String) async throws { state.withLock { $0.saved = shares } }
}

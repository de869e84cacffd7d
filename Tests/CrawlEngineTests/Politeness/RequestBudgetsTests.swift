import CrawlDomain
import Foundation
import Synchronization
import Testing

@testable import CrawlEngine

@Suite struct RequestBudgetsTests {
    private struct Outage: Error {}

    /// Gives what is asked for.
    private final class Store: RequestBudget {
        private let isAway: Bool
        private let calls = Mutex<[Int]>([])

        init(isAway: Bool = false) { self.isAway = isAway }

        /// How many requests each call gave back.
        var returned: [Int] { calls.withLock { $0 } }

        func reserve(_ wanted: Int, of name: String, limit: Int) -> BudgetPortion {
            BudgetPortion(requests: wanted, day: Date(timeIntervalSince1970: 0), dayLeft: .seconds(3_600))
        }

        func giveBack(_ requests: Int, of name: String, day: Date) async throws {
            try Task.checkCancellation()
            calls.withLock { $0.append(requests) }
            if isAway { throw Outage() }
        }
    }

    @Test("what was reserved and not used is given back, also by a run that is cancelled")
    func cancelled() async throws {
        let store = Store()
        let budgets = RequestBudgets(store: store, site: "test", limit: 1_000, hostLimit: nil)
        #expect(try await budgets.take(host: "a") == nil)
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await budgets.giveBack()
        }.value
        #expect(store.returned == [9])
    }

    @Test("where the database is away it is not waited for once for each host")
    func away() async throws {
        let store = Store(isAway: true)
        let budgets = RequestBudgets(store: store, site: "test", limit: nil, hostLimit: 1_000)
        for host in 0..<10 { #expect(try await budgets.take(host: "\(host)") == nil) }
        await budgets.giveBack()
        #expect(store.returned.count == 1)
    }
}

import CrawlEngine
import Logging
import Synchronization
import Testing

@Suite struct PatienceTests {
    private struct Outage: Error {}
    private struct Mistake: Error {}

    /// Answers after so many outages.
    private actor Database {
        private var outages: Int
        private(set) var calls = 0

        init(outages: Int) { self.outages = outages }

        func call() throws -> Int {
            calls += 1
            guard outages > 0 else { return calls }
            outages -= 1
            throw Outage()
        }
    }

    private func patience(isStopping: @escaping @Sendable () -> Bool = { false }) -> Patience {
        Patience(
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, isOutage: { $0 is Outage },
            isStopping: isStopping)
    }

    @Test("a call is repeated until the database answers")
    func outage() async throws {
        let (database, patience) = (Database(outages: 3), patience())
        #expect(try await patience.untilAnswered { try await database.call() } == 4)
        #expect(patience.outage == nil)
    }

    @Test("what is wrong with the call itself is said at once")
    func mistake() async {
        await #expect(throws: Mistake.self) { try await patience().untilAnswered { throw Mistake() } }
    }

    @Test("a run that stops does not wait for the database")
    func stopping() async {
        let database = Database(outages: .max)
        let patience = patience { true }
        await #expect(throws: Outage.self) { try await patience.untilAnswered { try await database.call() } }
        #expect(await database.calls == 1)
    }
}

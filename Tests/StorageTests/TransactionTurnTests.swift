import Testing

@testable import Storage

@Suite struct TransactionTurnTests {
    /// Who has the turn.
    private actor Holders {
        private var now = 0
        private(set) var most = 0
        private(set) var done = 0

        func begin() {
            now += 1
            most = max(most, now)
        }

        func end() {
            now -= 1
            done += 1
        }
    }

    @Test("one at a time has the turn, however many ask at once")
    func exclusion() async {
        let turn = TransactionTurn()
        let holders = Holders()
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<50 {
                tasks.addTask {
                    await turn.take()
                    await holders.begin()
                    await Task.yield()
                    await holders.end()
                    turn.giveBack()
                }
            }
        }
        #expect(await holders.most == 1)
        #expect(await holders.done == 50)
    }
}

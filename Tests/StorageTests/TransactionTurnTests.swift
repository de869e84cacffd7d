import Synchronization
import Testing

@testable import Storage

@Suite("TransactionTurn")
struct TransactionTurnTests {
    @Test("one at a time has the turn, however many ask at once")
    func exclusion() async {
        let turn = TransactionTurn()
        let holders = Mutex((now: 0, most: 0, done: 0))
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<50 {
                tasks.addTask {
                    await turn.take()
                    holders.withLock {
                        $0.now += 1
                        $0.most = max($0.most, $0.now)
                    }
                    await Task.yield()
                    holders.withLock {
                        $0.now -= 1
                        $0.done += 1
                    }
                    turn.giveBack()
                }
            }
        }
        let (most, done) = holders.withLock { ($0.most, $0.done) }
        #expect(most == 1)
        #expect(done == 50)
    }
}

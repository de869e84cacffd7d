import Dispatch
import Synchronization
import Testing

@testable import Service

@Suite struct LatestTests {
    private final class Counter: Sendable {
        let count = Atomic(0)
    }

    @Test("a value is made once for all who ask meanwhile, and again for another key")
    func once() async {
        let (latest, made) = (Latest<Int, Int>(), Counter())
        for key in [1, 2, 1] {
            let values = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        await latest.value(key) {
                            made.count.add(1, ordering: .relaxed)
                            return key * 10
                        }
                    }
                }
                return await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(values == [key * 10])
        }
        #expect(made.count.load(ordering: .relaxed) == 3)
    }

    @Test("who need not have the newest gets the older one while it is made")
    func older() async {
        let (latest, gate) = (Latest<Int, String>(), DispatchSemaphore(value: 0))
        _ = await latest.value(1) { "old" }
        let (started, hasStarted) = AsyncStream<Void>.makeStream()
        let maker = Task {
            await latest.value(2, takesOlder: true) {
                hasStarted.finish()
                gate.wait()
                return "new"
            }
        }
        for await _ in started {}
        let meanwhile = await latest.value(2, takesOlder: true) { "another" }
        gate.signal()
        let made = await maker.value
        let after = await latest.value(2) { "another" }
        #expect(meanwhile == "old" && made == "new" && after == "new")
    }
}

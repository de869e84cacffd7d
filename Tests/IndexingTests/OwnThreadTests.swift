import Foundation
import Glibc
import Testing

@testable import Indexing

@Suite("OwnThread")
struct OwnThreadTests {
    private actor Counter {
        private(set) var places: [Place] = []
        func note() { places.append(Place()) }
    }

    /// Where code runs.
    private struct Place: Equatable {
        let name = (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8))?.dropLast()
        let niceness = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
    }

    private nonisolated func place() async -> Place { Place() }

    @Test("what a task does, its functions and its actors, runs on the one thread")
    func executor() async {
        let counter = Counter()
        let places = await withTaskExecutorPreference(OwnThreadExecutor.reading) {
            var places = [await place()]
            await Task.yield()
            places.append(await place())
            async let child = place()
            places.append(await child)
            await counter.note()
            return places + (await counter.places)
        }
        #expect(places.count == 4)
        #expect(places.allSatisfy { $0.name == "index read" && $0.niceness == 0 }, "\(places)")
        // Without the preference it is left at the next suspension.
        await Task.yield()
        #expect(await place().name != "index read")
    }

    @Test("many tasks at once all end")
    func manyTasks() async {
        let sum = await withTaskExecutorPreference(OwnThreadExecutor.reading) {
            await withTaskGroup(of: Int.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        await Task.yield()
                        return number
                    }
                }
                return await group.reduce(0, +)
            }
        }
        #expect(sum == 124_750)
    }

    @Test("threads have their name and their priority from their first moment")
    func thread() async {
        let places = await withTaskGroup(of: Place.self) { group in
            for _ in 0..<300 {
                group.addTask { await LowPriorityThread.run(.map, named: "a name") { _ in Place() }.value }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(places.count == 300)
        #expect(places.allSatisfy { $0.name == "a name" && $0.niceness == 15 }, "\(places)")
    }
}

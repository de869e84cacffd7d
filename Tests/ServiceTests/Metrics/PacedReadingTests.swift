import CrawlEngine
import Synchronization
import Testing

@testable import Service

@Suite
struct PacedReadingTests {
    @Test(
        "however often it is asked, it is found out once until its age has come; then the old answer is given meanwhile"
    )
    func paced() async throws {
        let asked = Mutex(0)
        let reading = PacedReading(RefreshPace(share: 1, shortest: .seconds(15))) {
            asked.withLock {
                $0 += 1
                return $0
            }
        }
        let now = ContinuousClock.now
        for _ in 0..<5 { #expect(try await reading.reading(now: now).value == 1) }
        #expect(try await reading.reading(now: now + .seconds(14)).value == 1)
        #expect(asked.withLock { $0 } == 1)
        #expect(try await reading.reading(now: now + .seconds(3_600)).value == 1, "nobody waits for the new one")
        while try await reading.reading(now: now).value == 1 { await Task.yield() }
        #expect(asked.withLock { $0 } == 2)
    }

    @Test("a first answer that fails is an error, and is sought again")
    func failing() async throws {
        struct Failed: Error {}
        let asked = Mutex(0)
        let reading = PacedReading {
            try asked.withLock {
                $0 += 1
                if $0 == 1 { throw Failed() }
                return $0
            }
        }
        await #expect(throws: Failed.self) { try await reading.reading() }
        #expect(try await reading.reading().value == 2)
    }
}

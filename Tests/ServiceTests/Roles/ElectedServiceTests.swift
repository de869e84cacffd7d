import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Service
@testable import Storage

@Suite("ElectedService", .timeLimit(.minutes(1)))
struct ElectedServiceTests {
    /// A database that grants one lease, and then answers nothing any more, whether anybody still waits or not.
    private final class SilentStore: LeaseStore {
        private let terms = Atomic(0)

        func take(_ role: String, owner: String, seconds: Int) async throws -> Leadership? {
            let term = terms.add(1, ordering: .relaxed).newValue
            return term > 1 ? nil : Leadership(role: role, owner: owner, term: term, seconds: seconds)
        }
        func renew(_ leadership: Leadership) async throws -> Bool {
            await silence()
            return true
        }
        func release(_ leadership: Leadership) async throws { await silence() }

        private func silence() async { await Task { try? await Task.sleep(for: .seconds(600)) }.value }
    }

    private struct Part: Service {
        let told: AsyncStream<String>.Continuation

        func run() async throws {
            told.yield("began")
            try? await Task.sleep(for: .seconds(600))
            told.yield("ended")
        }
    }

    @Test(
        "a part ends by its leader's own clock when the database does not answer, and so does its leader when told to")
    func silent() async throws {
        let (said, told) = AsyncStream<String>.makeStream()
        let health = RoleHealth()
        let service = ElectedService(
            "part", leases: SilentStore(), seconds: 1, health: health, log: Logger(label: "test")
        ) { _ in Part(told: told) }
        let running = Task { try await service.run() }
        var words: [String] = []
        for await word in said {
            words.append(word)
            if word == "ended" { break }
        }
        #expect(words == ["began", "ended"])
        while health.states["part"]?.isLeading != false { try await Task.sleep(for: .milliseconds(10)) }
        running.cancel()
        try await running.value
    }
}

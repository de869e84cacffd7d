import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Service

/// A part of the service that does what it is told and tells of its starts.
private struct Part: ServiceLifecycle.Service {
    let body: @Sendable () async throws -> Void
    func run() async throws { try await body() }
}

private struct Broken: Error, CustomStringConvertible { let description: String }

@Suite
struct SupervisedServiceTests {
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test(
        "a part that fails is started again while another goes on undisturbed; both end at shutdown",
        .timeLimit(.minutes(1)))
    func restarted() async throws {
        let health = RoleHealth()
        let starts = Mutex(0)
        let ended = Mutex(false)
        let (steps, step) = AsyncStream<Int>.makeStream()
        let failing = SupervisedService("failing", health: health, log: log) {
            Part {
                let number = starts.withLock {
                    $0 += 1
                    return $0
                }
                step.yield(number)
                if number < 3 { throw Broken(description: "broken \(number)") }
                try await gracefulShutdown()
            }
        }
        let steady = SupervisedService("steady", health: health, log: log) {
            Part {
                try await gracefulShutdown()
                ended.withLock { $0 = true }
            }
        }
        let group = ServiceGroup(services: [failing, steady], logger: log)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await number in steps where number == 3 { break }
            #expect(health.states["failing"]?.restarts == 2)
            #expect(health.states["failing"]?.lastError == "broken 2")
            #expect(health.states["steady"]?.restarts == 0)
            #expect(!ended.withLock { $0 })
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(ended.withLock { $0 })
        #expect(starts.withLock { $0 } == 3)
    }

    @Test("a part that never started ends the service with its error")
    func neverStarted() async {
        let part = SupervisedService("http", health: RoleHealth(), log: log, hasStarted: { false }) {
            Part { throw Broken(description: "address in use") }
        }
        await #expect(throws: Broken.self) { try await ServiceGroup(services: [part], logger: log).run() }
    }

    @Test("shutdown does not wait for the pause before a restart", .timeLimit(.minutes(1)))
    func pausing() async throws {
        let health = RoleHealth()
        let (failures, failed) = AsyncStream<Void>.makeStream()
        var part = SupervisedService("part", health: health, log: log) {
            Part {
                failed.yield()
                throw Broken(description: "always")
            }
        }
        // The first pause is half a minute long at least.
        part.policy.failures = 7
        let group = ServiceGroup(services: [part], logger: log)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in failures { break }
            let start = ContinuousClock.now
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            #expect(start.duration(to: .now) < .seconds(30))
        }
    }

    @Test("what a part was made of has changed: it is made anew, and that is no failure", .timeLimit(.minutes(1)))
    func reloaded() async throws {
        let health = RoleHealth()
        let (changes, change) = AsyncStream<Void>.makeStream()
        let (starts, start) = AsyncStream<Void>.makeStream()
        let part = SupervisedService("part", health: health, log: log, reloads: { changes }) {
            Part {
                start.yield()
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: .seconds(3_600)) }
            }
        }
        let group = ServiceGroup(services: [part], logger: log)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = starts.makeAsyncIterator()
            _ = await iterator.next()
            change.yield()
            _ = await iterator.next()
            #expect(health.states["part"]?.restarts == 0)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}

import Foundation
public import Logging
public import ServiceLifecycle
public import Storage

/// Runs a part in one of all instances at a time: the others stand by.
///
/// What the part writes must be fenced by the leadership, since a process that sleeps does not know that its time is over.
public struct ElectedService: Service {
    private let role: String
    /// The lease is given back within this time, or ends by itself.
    private static let releasing: Duration = .seconds(2)

    private let leaders: any LeaseStore
    private let seconds: Int
    private let health: RoleHealth
    private let log: Logger
    private let owner: String
    private let make: @Sendable (Leadership) async throws -> any Service

    /// - Parameters:
    ///   - role: What is led, as it is called in the database, the log and `health`.
    ///   - seconds: How long a lease lasts unless it is renewed: how late another one takes over from one that died.
    ///   - make: Makes the part.
    public init(
        _ role: String, leaders: LeaderStore, seconds: Int, health: RoleHealth, log: Logger,
        make: @escaping @Sendable (Leadership) async throws -> any Service
    ) {
        self.init(role, leases: leaders, seconds: seconds, health: health, log: log, make: make)
    }

    init(
        _ role: String, leases leaders: any LeaseStore, seconds: Int, health: RoleHealth, log: Logger,
        make: @escaping @Sendable (Leadership) async throws -> any Service
    ) {
        (self.role, self.leaders, self.seconds, self.health, self.log) = (role, leaders, seconds, health, log)
        self.make = make
        let process = ProcessInfo.processInfo
        owner = "\(process.hostName):\(process.processIdentifier):\(UUID().uuidString.prefix(8))"
    }

    /// Runs until shutdown.
    ///
    /// - Throws: What the part throws; somebody else may lead then.
    public func run() async throws {
        var election = Election(lease: .seconds(seconds))
        health.standsBy(role)
        var isSaid = false
        var failures = RepeatedFailure(first: Election.interval)
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            switch election.decide(.now) {
            case .wait(let time): await pause(time)
            case .ask, .renew, .stop:
                let start = ContinuousClock.now
                let leadership: Leadership?
                do {
                    leadership = try await leaders.take(role, owner: owner, seconds: seconds)
                    failures.worked()
                } catch {
                    guard !Task.isCancelled else { return }
                    let (isNew, time) = failures.failed("\(error)")
                    if isNew {
                        log.warning("it is not known who leads: \(error)", metadata: ["part": .string(role)])
                    }
                    await pause(time)
                    continue
                }
                election.asked(at: start, isGranted: leadership != nil)
                guard let leadership else {
                    if !isSaid { log.info("stands by", metadata: ["part": .string(role)]) }
                    isSaid = true
                    continue
                }
                isSaid = false
                defer { health.standsBy(role) }
                health.leads(role)
                log.info("leads", metadata: ["part": .string(role), "term": "\(leadership.term)"])
                try await lead(leadership, election)
                election.ended(.now)
            }
        }
    }

    /// Runs the part until it ends, shutdown begins or the leadership is lost.
    private func lead(_ leadership: Leadership, _ election: Election) async throws {
        let lease = HeldLease(election)
        // Nobody waits for it: a database that does not answer must not keep the part going.
        let renewals = Task { await lease.renew(leadership, in: leaders) }
        defer { renewals.cancel() }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do { try await make(leadership).run() } catch {
                        // One that was told to end has not failed.
                        guard Task.isCancelled else { throw error }
                    }
                }
                group.addTask {
                    await cancelWhenGracefulShutdown { await lease.ends() }
                    guard !Task.isCancelled, !Task.isShuttingDownGracefully else { return }
                    log.error("leads no longer: its lease was not renewed in time", metadata: ["part": .string(role)])
                }
                defer { group.cancelAll() }
                try await group.next()
                group.cancelAll()
                // Whoever waits need not wait until what is under way has ended here: it is fenced.
                await release(leadership)
                try await group.waitForAll()
            }
        } catch {
            await release(leadership)
            throw error
        }
    }

    private func pause(_ time: Duration) async {
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: time) }
    }

    /// Gives the lease back, also when the task is cancelled; does not wait long for a database that does not answer.
    private func release(_ leadership: Leadership) async {
        let (leaders, log, role) = (leaders, log, role)
        let (released, isReleased) = AsyncStream<Void>.makeStream()
        Task {
            do { try await leaders.release(leadership) } catch {
                log.warning("the lease ends by itself: \(error)", metadata: ["part": .string(role)])
            }
            isReleased.finish()
        }
        let limit = Task {
            try await Task.sleep(for: Self.releasing)
            isReleased.finish()
        }
        await Task { for await _ in released {} }.value
        limit.cancel()
    }
}

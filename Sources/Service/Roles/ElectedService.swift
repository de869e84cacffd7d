import Foundation
public import Logging
public import ServiceLifecycle
public import Storage

/// Runs a part in one of all instances at a time: the others stand by.
///
/// What the part writes must be fenced by the leadership, since a process that sleeps does not know that its time is over.
public struct ElectedService: Service {
    private let role: String
    private let leaders: LeaderStore
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
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            switch election.decide(.now) {
            case .wait(let time): await pause(time)
            case .ask, .renew, .stop:
                let start = ContinuousClock.now
                let leadership = await ask()
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
                try await lead(leadership, &election)
                election.ended(.now)
            }
        }
    }

    private func ask() async -> Leadership? {
        do { return try await leaders.take(role, owner: owner, seconds: seconds) } catch {
            if !Task.isCancelled {
                log.warning("it is not known who leads: \(error)", metadata: ["part": .string(role)])
            }
            return nil
        }
    }

    /// Runs the part until it ends, shutdown begins or the leadership is lost.
    private func lead(_ leadership: Leadership, _ election: inout Election) async throws {
        let known = election
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do { try await make(leadership).run() } catch {
                        // One that was told to end has not failed.
                        guard Task.isCancelled else { throw error }
                    }
                }
                group.addTask { await hold(leadership, known) }
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

    /// Renews the lease; returns when it is lost or is to be given back.
    private func hold(_ leadership: Leadership, _ election: Election) async {
        var election = election
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let start = ContinuousClock.now
            switch election.decide(start) {
            case .wait(let time): await pause(time)
            case .stop, .ask:
                return log.error(
                    "leads no longer: its lease was not renewed in time", metadata: ["part": .string(role)])
            case .renew: election.renewed(at: start, isHeld: try? await leaders.renew(leadership))
            }
        }
    }

    private func pause(_ time: Duration) async {
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: time) }
    }

    /// Gives the lease back, also when the task is cancelled.
    private func release(_ leadership: Leadership) async {
        let (leaders, log, role) = (leaders, log, role)
        await Task {
            do { try await leaders.release(leadership) } catch {
                log.warning("the lease ends by itself: \(error)", metadata: ["part": .string(role)])
            }
        }.value
    }
}

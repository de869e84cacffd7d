import CrawlDomain
import Foundation
public import Logging
public import ServiceLifecycle
public import Storage

/// Claims the crawls that are due and runs them. Any number of instances may do so at once.
public struct CrawlService: Service {
    /// How soon something that is due is seen, and something that waits for its site or for a free place.
    private static let interval: Duration = .seconds(1)
    /// Crawls run by one instance at once.
    private static let maximumRuns = 4

    private let database: AnimeDatabase
    private let known: KnownSchedules
    private let program: FireProgram
    private let running: RunningPrograms
    private let owner: String
    private let log: Logger

    /// Runs what is due in this database.
    ///
    /// - Parameter running: Ends at shutdown what this one starts.
    public init(
        database: AnimeDatabase, known: KnownSchedules, program: FireProgram, running: RunningPrograms, log: Logger
    ) {
        self.database = database
        self.known = known
        self.program = program
        self.running = running
        self.log = log
        let process = ProcessInfo.processInfo
        owner = "\(process.hostName):\(process.processIdentifier):\(UUID().uuidString.prefix(8))"
    }

    /// Runs until shutdown.
    ///
    /// - Throws: The third failure in a row; crawls under way go on.
    public func run() async throws {
        guard program.isThere else { throw FireProgram.NotBuilt(path: program.path) }
        let failures = FailureStreak()
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await startDue()
                    failures.succeeded()
                } catch {
                    if !Task.isCancelled {
                        log.error("crawls are looked for again in a moment: \(error)")
                        try failures.failed(error)
                    }
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Claims and starts what is due.
    private func startDue() async throws {
        _ = await known.reload()
        try await database.fires.reap()
        let schedules = await known.runnable(try await database.schedules.states())
        let byName = Dictionary(schedules.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        var busySites: Set<String> = []
        for fire in try await database.fires.due(of: byName.keys.sorted()) {
            guard let schedule = byName[fire.schedule] else { continue }
            guard await running.count < Self.maximumRuns else { return }
            // One that waits for its site is not tried again for each of its fires.
            if schedule.overlap == .wait, busySites.contains(fire.site) { continue }
            switch try await database.fires.claim(fire, owner: owner, seconds: program.leaseSeconds) {
            case .claimed(let lease): try await start(lease)
            case .siteIsBusy:
                busySites.insert(fire.site)
                if schedule.overlap == .skip, fire.attempts == 0, fire.run == nil {
                    try await database.fires.skip(fire, reason: "the site is being crawled by another fire")
                }
            case .gone: break
            }
        }
    }

    private func start(_ lease: FireLease) async throws {
        // Named by its claim too: one whose lease ended may still be ending when its fire is claimed again.
        let name = "\(lease.fire.id)#\(lease.token)"
        do { _ = try await running.start({ program.start(lease) }, as: name) } catch {
            log.error("a fire cannot be run", metadata: ["fire": "\(lease.fire.id)", "error": "\(error)"])
            try await database.fires.finish(lease, .failed, reason: "\(program.path) cannot be run: \(error)")
        }
    }
}

import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import Webhooks

/// What can be looked at in the database and its server.
struct DatabaseCheck {
    let database: AnimeDatabase
    let configuration: Configuration
    let options: ConfigurationOptions

    /// Transactions with what we ask of them, and snapshot reads, came with this version.
    private static let oldest = 5
    /// Seconds that clocks may differ; schedules and leases go by the server's.
    private static let clockTolerance = 5.0
    /// Seconds for which changes and fires may wait for whoever deals with them.
    private static let patience = 900.0

    func findings() async throws -> [Finding] {
        try await server() + [migrations(), index()] + schedules() + consumers()
    }

    private func server() async throws -> [Finding] {
        let state = try await database.serverState()
        var findings: [Finding] = []
        findings.append(
            state.major >= Self.oldest
                ? .good("MongoDB version", state.version)
                : .bad("MongoDB version", state.version, remedy: "install MongoDB \(Self.oldest).0 or later"))
        findings.append(
            state.hasTransactions
                ? .good("replica set", state.replicaSet ?? "sharded cluster")
                : .bad(
                    "replica set", "the server is in none, so it has no transactions",
                    remedy: "start mongod with --replSet rs0 and run rs.initiate()"))
        let offset = (state.clockOffset * 10).rounded() / 10
        findings.append(
            abs(state.clockOffset) <= Self.clockTolerance
                ? .good("clock", "differs from MongoDB's by \(abs(offset)) s")
                : .bad(
                    "clock", "differs from MongoDB's by \(abs(offset)) s", remedy: "let NTP set both machines' clocks"))
        if let (free, all) = state.disk {
            let detail = "\(free >> 30) GiB of \(all >> 30) GiB are free"
            findings.append(
                Double(free) >= 0.1 * Double(all) || free >= 50 << 30
                    ? .good("MongoDB's disk", detail)
                    : .bad("MongoDB's disk", detail, remedy: "make room, or: animematcher pages prune"))
        }
        return findings
    }

    private func migrations() async throws -> Finding {
        if try await database.migrator.isNew() { return .good("migrations", "none: the database is new") }
        let pending: [Migrator.Pending]
        do { pending = try await database.migrator.pending() } catch let error as MigrationError {
            let remedy =
                if case .cutRestore = error { "animematcher restore FOLDER --replace" } else {
                    "use the newer program, or name another database"
                }
            return .bad("migrations", "\(error)", remedy: remedy)
        }
        guard !pending.isEmpty else { return .good("migrations", "all done") }
        let names = pending.map { "\($0.number) \($0.name) (\($0.documents) documents)" }.joined(separator: ", ")
        return .bad(
            "migrations", "pending: \(names)",
            remedy: "animematcher migrate; any command but doctor and backup does so too")
    }

    private func index() async throws -> Finding {
        guard let version = try await database.index.newest() else {
            return .good("index", "none yet; animematcher index build")
        }
        let detail = "version \(version.number) of \(version.publishedAt.formatted(.iso8601))"
        guard let waiting = try await database.changes.time(ofFirstAfter: version.change) else {
            return .good("index", "\(detail) knows all changes")
        }
        let seconds = -waiting.timeIntervalSinceNow
        let lag = "\(detail) does not know changes since \(waiting.formatted(.iso8601))"
        return seconds < Self.patience
            ? .good("index", lag)
            : .bad("index", lag, remedy: "animematcher index update, or serve with the role index")
    }

    private func schedules() async throws -> [Finding] {
        let defined: [Schedule]
        do { defined = try DefinedSchedules(options).all.filter(\.isEnabled) } catch {
            return [.bad("schedules", "\(error)", remedy: "put right what it names")]
        }
        guard !defined.isEmpty else { return [] }
        let states = try await database.schedules.states()
        let now = try await database.schedules.now()
        var findings: [Finding] = []
        for schedule in defined {
            let name = "schedule \(schedule.name)"
            guard let state = states[schedule.name] else {
                findings.append(
                    .bad(name, "no scheduler has taken it up", remedy: "animematcher serve with the role schedule"))
                continue
            }
            if state.isPaused {
                findings.append(.good(name, "paused"))
            } else if let next = state.next, now.timeIntervalSince(next) > Self.patience {
                findings.append(
                    .bad(
                        name, "was to fire at \(next.formatted(.iso8601)), and no scheduler saw to it",
                        remedy: "animematcher serve with the role schedule"))
            } else if let last = try await database.fires.latest(of: schedule.name).first, last.state == .failed {
                findings.append(
                    .bad(
                        name, "its last run has failed: \(last.reason ?? "")",
                        remedy: "animematcher schedule run \(schedule.name)"))
            } else {
                findings.append(
                    .good(name, state.next.map { "next at \($0.formatted(.iso8601))" } ?? "never fires again"))
            }
        }
        return findings
    }

    /// How the change log's consumers get on, and whether webhooks have their secrets.
    private func consumers() async throws -> [Finding] {
        let environment = ProcessInfo.processInfo.environment
        let secrets = configuration.webhooks.compactMap { hook -> Finding? in
            do {
                _ = try WebhookSecret(variable: hook.secretVariable, environment: environment)
                return nil
            } catch {
                return .bad("webhook \(hook.name)", "\(error)")
            }
        }
        return try await ConsumerLine.all(database).map {
            Finding(name: "consumer \($0.consumer.name)", isGood: $0.isGood, detail: $0.text)
        } + secrets
    }
}

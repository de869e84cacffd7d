public import CrawlDomain
public import CrawlEngine
public import Foundation
public import Storage
public import WebStandards

/// How the crawls of a site stand: what the command line prints and the service answers.
public struct SiteReport: Sendable {
    /// The site.
    public let site: String
    /// What is asked of its runs.
    public let instructions: CrawlInstructions
    /// Runs under way, or that died without saying so.
    public let running: [RunLog.Sighting]
    /// Runs that have ended, the last one first.
    public let ended: [RunLog.Sighting]
    /// URLs by state.
    public let counts: [FrontierState: Int]
    /// What waits on each host.
    public let backlog: [HostBacklog]
    /// Whether publication waits, because fields drift.
    public let isHeld: Bool

    /// A run that was not heard of for so long has died.
    static let lostAfter: Duration = .seconds(60)

    /// Reads all of it.
    ///
    /// - Parameter ended: How many ended runs.
    public init(of site: String, in database: AnimeDatabase, ended: Int) async throws {
        self.site = site
        instructions = try await database.control.instructions(site: site)
        running = try await database.runs.running(site: site)
        self.ended = ended == 0 ? [] : try await database.runs.ended(site: site, limit: ended)
        counts = try await database.frontier.counts(site: site)
        backlog = try await database.control.backlog(site: site)
        isHeld = try await database.drift.heldSites().contains(site)
    }

    /// Of what was read before, so that what is costly to count need not be counted each time.
    public init(
        of site: String, instructions: CrawlInstructions, running: [RunLog.Sighting], ended: [RunLog.Sighting],
        counts: [FrontierState: Int], backlog: [HostBacklog], isHeld: Bool
    ) {
        self.site = site
        self.instructions = instructions
        self.running = running
        self.ended = ended
        self.counts = counts
        self.backlog = backlog
        self.isHeld = isHeld
    }

    /// One host: what waits there and how fast it may be asked.
    public struct Host: Sendable {
        /// A name or an address, with its port.
        public let name: String
        /// URLs that wait.
        public var waiting = 0
        /// Seconds from an answer to the next request.
        public var delay: Double?
        /// The least delay that is promised, in seconds.
        public var promise: Double?
        /// What the delay comes from.
        public var reason = ""
        /// Requests of the runs under way.
        public var requests = 0
        /// Why it is left alone.
        public var closedReason: String?
        /// When it may be asked again.
        public var notBefore: Date?
        /// Whether the operator asks for nothing to be asked.
        public var isPaused = false
    }

    /// What waits, with the pace of the runs under way; the most waiting first.
    public var hosts: [Host] {
        var hosts: [String: Host] = [:]
        for host in backlog {
            hosts[host.host] = Host(
                name: host.host, waiting: host.waiting + host.retrying, delay: host.delaySeconds,
                reason: host.delaySeconds == nil ? "" : "as of the last visit", closedReason: host.closedReason,
                notBefore: host.notBefore, isPaused: host.isPaused)
        }
        for pace in running.filter({ !$0.isLost }).flatMap(\.run.paces) {
            hosts[pace.host, default: Host(name: pace.host)].delay = pace.delaySeconds
            hosts[pace.host]?.promise = pace.promiseSeconds
            hosts[pace.host]?.reason = pace.reason
            hosts[pace.host]?.requests += pace.requests
        }
        for name in instructions.pausedHosts { hosts[name, default: Host(name: name)].isPaused = true }
        return hosts.values.sorted { ($1.waiting, $0.name) < ($0.waiting, $1.name) }
    }

    /// What is left of what is known, for one process.
    public var forecast: CrawlForecast {
        let runs = running.filter { !$0.isLost }.map(\.run)
        return CrawlForecast(
            backlog: backlog, paces: runs.flatMap(\.paces), concurrentHosts: CrawlLimits().concurrentHosts,
            sharedDelay: runs.map(\.sharedDelaySeconds).max() ?? 0, now: Date())
    }

    /// For programs.
    public var value: JSONValue {
        let asked = instructions.hosts.sorted { $0.key < $1.key }.map { host, asked in
            (
                host,
                JSONValue.object([
                    "paused": asked.pause.map(\.value) ?? .null,
                    "delay_seconds": asked.delaySeconds.map(JSONValue.double) ?? .null,
                ])
            )
        }
        return .object([
            "site": .string(site), "held": .bool(isHeld), "paused": instructions.pause.map(\.value) ?? .null,
            "delay_seconds": instructions.delaySeconds.map(JSONValue.double) ?? .null,
            "instructed_hosts": .object(JSONObject(asked)),
            "queue": .object(
                JSONObject(FrontierState.allCases.map { ($0.rawValue, .int(Int64(counts[$0] ?? 0))) })),
            "left_seconds": .double(forecast.seconds), "running": .array(running.map(\.value)),
            "hosts": .array(hosts.map(\.value)),
            "ended": .array(ended.map(\.value)),
        ])
    }
}

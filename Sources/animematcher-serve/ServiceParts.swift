import CrawlEngine
import Logging
import Reports
import Service
import ServiceLifecycle
import Storage

/// Makes the parts of the service from the roles that are wanted, in the order in which they start; they end in the reverse order.
struct ServiceParts {
    let database: AnimeDatabase
    let configuration: LiveValue<Configuration>
    /// Crawls, and does what else takes long.
    let program: CommandLineProgram
    let leaseSeconds: Int
    let queries: SlowQueries
    let log: Logger
    let health = RoleHealth()
    private let indexing = IndexMetrics()

    func services(
        _ roles: [ServiceRole], address: ServiceAddress, onListening: @escaping @Sendable (Int) async -> Void
    ) async throws -> [any Service] {
        var services: [any Service] = [ReloadService(configuration)]
        let scheduling = try await scheduling(for: roles)
        for role in roles {
            switch role {
            case .crawl: services += scheduling.map(crawl) ?? []
            case .schedule: services += scheduling.map { [schedule($0)] } ?? []
            case .index: services += index
            case .webhooks: services.append(try webhooks())
            case .http: services += http(address, scheduling, onListening)
            }
        }
        return services
    }

    private func scheduling(for roles: [ServiceRole]) async throws -> Scheduling? {
        guard !Set(roles).isDisjoint(with: [.crawl, .schedule, .http]) else { return nil }
        do {
            return try await Scheduling(
                database: database, program: program, leaseSeconds: leaseSeconds, log: log)
        } catch let missing as ProjectHome.NotFound {
            log.warning("nothing is known of sites: \(missing.description)")
            return nil
        }
    }

    private func crawl(_ scheduling: Scheduling) -> [any Service] {
        let fires = RunningPrograms("fire", log: log)
        return [
            fires,
            SupervisedService("crawl", health: health, log: log) {
                CrawlService(
                    database: database, known: scheduling.known, program: scheduling.program, running: fires, log: log)
            },
        ]
    }

    private func schedule(_ scheduling: Scheduling) -> SupervisedService {
        SupervisedService("schedule", health: health, log: log) {
            SchedulerService(database: database, known: scheduling.known, log: log)
        }
    }

    private var index: [any Service] {
        [
            SupervisedService("index", health: health, log: log) {
                elected("index") {
                    IndexService(database: database, leadership: $0, metrics: indexing, log: log)
                }
            },
            SupervisedService("map", health: health, log: log) {
                elected("map") { _ in MapService(database: database, log: log) }
            },
            SupervisedService("compaction", health: health, log: log, reloads: { configuration.changes() }) {
                elected("compaction") { _ in
                    CompactionService(database: database, retention: configuration.value.changeRetention, log: log)
                }
            },
        ]
    }

    /// A part that one of all instances runs.
    private func elected(_ role: String, make: @escaping @Sendable (Leadership) -> any Service) -> ElectedService {
        ElectedService(
            role, leaders: database.leaders, seconds: min(leaseSeconds, Self.leaderSeconds), health: health, log: log,
            make: make)
    }

    /// How late another instance takes over from one that died, unless leases are shorter.
    private static let leaderSeconds = 10

    /// A secret that is missing is an error at the start; later it leaves the webhooks as they are.
    private func webhooks() throws -> SupervisedService {
        let delivering = Delivering(database: database, log: log)
        _ = try delivering.webhooks(configuration.value, version: ProgramVersion.text)
        return SupervisedService("webhooks", health: health, log: log, reloads: { configuration.changes() }) {
            try delivering.webhooks(configuration.value, version: ProgramVersion.text)
        }
    }

    private func http(
        _ address: ServiceAddress, _ scheduling: Scheduling?, _ onListening: @escaping @Sendable (Int) async -> Void
    ) -> [any Service] {
        let holder = IndexHolder()
        let maps = MapHolder()
        let lists = KnownLists(database: database, naming: UserNaming.hashing)
        let running = RunningPrograms("program", log: log)
        let programs = ChildPrograms(program, running: running)
        let sources = ServiceSources(
            database: database, holder: holder, maps: maps, lists: lists,
            access: ServiceAccess(listening: address.host) { configuration.value.service }, health: health,
            known: scheduling?.known, programs: programs, queries: queries, indexing: indexing,
            slowRequests: { configuration.value.slow.request },
            sites: CrawlableSites(scheduling?.spiders) { configuration.value },
            images: CoverStore(configuration, version: ProgramVersion.text, log: log).cache)
        return [
            SupervisedService("refresh", health: health, log: log) {
                RefreshService("index version", every: .seconds(1), log: log) {
                    try await holder.refresh(from: database)
                }
            },
            SupervisedService("map refresh", health: health, log: log) {
                RefreshService("story map", every: .seconds(2), log: log) { try await maps.refresh(from: database) }
            },
            SupervisedService("lists", health: health, log: log) { ListService(lists, holder: holder, log: log) },
            running,
            SupervisedService("http", health: health, log: log, hasStarted: { health.hasListened }) {
                try buildApplication(address: address, sources: sources, version: ProgramVersion.text, log: log) {
                    port in
                    health.listens()
                    await onListening(port)
                }
            },
        ]
    }
}

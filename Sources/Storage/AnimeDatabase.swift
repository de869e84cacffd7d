public import MongoDriver
public import CrawlDomain
import WebStandards

/// Our database: the collections of `schemas/`, and the parts that read and write them.
public struct AnimeDatabase: Sendable {
    /// The name consumers rely on.
    public static let defaultName = "anime_recommend"

    let client: MongoClient
    let database: MongoDatabase
    /// Transactions that write changes, one at a time.
    let transactions = TransactionTurn()

    /// What tombstones are made with.
    let secret = DatabaseSecret()

    /// Connects; nothing is asked of the server yet.
    public init(client: MongoClient, name: String = defaultName) {
        self.client = client
        database = client.database(name)
    }

    /// Carries out migrations, creates collections, validators and indexes that are missing, and brings the others up to date.
    ///
    /// - Returns: The migrations that changed documents.
    /// - Throws: ``MigrationError``, before anything is touched.
    @discardableResult
    public func prepare(_ schemas: SchemaSet) async throws -> [Migrator.Pending] {
        let migrated = try await migrator.run()
        try await SchemaInstaller(database: database).install(schemas.schemas)
        for plan in IndexPlan.all {
            try await database.collection(plan.collection).createIndexes(plan.indexes)
        }
        try await forgotten.prepare()
        return migrated
    }

    func collection(_ name: CollectionName) -> MongoCollection { database.collection(name.rawValue) }

    /// The frontier of all crawls.
    public var frontier: MongoFrontier { MongoFrontier(database: self) }
    /// When pages are visited again.
    public var revisits: MongoRevisits { MongoRevisits(database: self) }
    /// Turns over what several hosts share.
    public var turns: MongoTurnKeeper { MongoTurnKeeper(database: self) }
    /// Requests of a day.
    public var requestBudgets: MongoRequestBudget { MongoRequestBudget(database: self) }
    /// Where crawls and imports commit items.
    public var ledger: MongoLedger { MongoLedger(database: self) }
    /// Where a crawl commits items, with how many links it may take.
    ///
    /// - Parameters:
    ///   - personalPages: The kinds of pages that are about one person, whose address names the person.
    ///   - inactivity: Which lists are too old to be taken in.
    public func ledger(
        budgets: LinkBudgets = .init(), personalPages: Set<String> = [], inactivity: Inactivity? = nil
    ) -> MongoLedger {
        MongoLedger(database: self, budgets: budgets, personalPages: personalPages, inactivity: inactivity)
    }
    /// The change log.
    public var changes: ChangeLog { ChangeLog(database: self) }
    /// Entries and reviews, as the catalogue reads them.
    public var catalogue: CatalogueStore { CatalogueStore(database: self) }
    /// People's lists.
    public var users: UserStore { UserStore(database: self) }
    /// Who asked to be forgotten.
    public var forgotten: ForgottenPeople { ForgottenPeople(database: self) }
    /// Raw pages.
    public var pages: PageArchive { PageArchive(database: self) }
    /// What is taken out.
    public var exports: ExportStore { ExportStore(database: self) }
    /// Who does what only one instance may do.
    public var leaders: LeaderStore { LeaderStore(database: self) }
    /// Everything, out and back again.
    public var backups: BackupStore { BackupStore(database: self) }
    /// Published index versions.
    public var index: IndexStore { IndexStore(database: self) }
    /// Published story maps.
    public var maps: MapStore { MapStore(database: self) }
    /// How far a consumer of the change log has come.
    public func position(of consumer: String) -> ConsumerPosition {
        ConsumerPosition(database: self, consumer: consumer)
    }
    /// All consumers of the change log.
    public var consumers: ConsumerRegister { ConsumerRegister(database: self) }
    /// What the operator asks of crawls.
    public var control: MongoControl { MongoControl(database: self) }
    /// Values that are not believed yet.
    public var quarantine: QuarantineStore { QuarantineStore(database: self) }
    /// How sites fill their fields, and alarms.
    public var drift: MongoDrift { MongoDrift(database: self) }
    /// What brings it up to date.
    public var migrator: Migrator { Migrator(database: self) }
    /// How far imported files have come.
    public var imports: ImportLog { ImportLog(database: self) }
    /// Runs.
    public var runs: RunLog { RunLog(database: self) }
    /// Schedules.
    public var schedules: ScheduleStore { ScheduleStore(database: self) }
    /// The fires of schedules.
    public var fires: FireStore { FireStore(database: self) }
}

/// The collections, in the order in which `schemas/` describes them.
enum CollectionName: String, CaseIterable {
    case anime, aliases, entries, reviews, users
    case budgets, changes, consumers, counters, forgotten, frontier, hosts, imports, migrations, pages, queues, runs
    case sites, turns
    case schedules, fires
    case pageBodies = "page_bodies"
    case fieldStatistics = "field_statistics"
    case driftAlarms = "drift_alarms"
    case openBlocks = "open_blocks"
    case requestBudgets = "request_budgets"
    case indexVersions = "index_versions"
    case indexChunks = "index_chunks"
    case leaders
    case storyMaps = "story_maps"

    init(_ type: ItemType) {
        switch type {
        case .entry: self = .entries
        case .review: self = .reviews
        case .user: self = .users
        }
    }
}

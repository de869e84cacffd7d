import CrawlDomain
import Recommender
public import Storage
import WebStandards

/// The one writer of the index: follows the change log and publishes versions.
///
/// Holds what it computes from between updates, so that following costs what changed and not what there is; of people's lists only so
/// much as is said.
public actor Indexer {
    /// Versions computed in vain, because another indexer was quicker, before giving up.
    static let maximumAttempts = 5
    /// Changes read, or people's lists loaded, at once.
    static let batch = 2_000

    let database: AnimeDatabase
    let catalogue: CatalogueFollower
    private let leadership: Leadership?
    private let threads: Int
    let heldListBytes: Int
    /// What was fitted last; nil while it is in use.
    private var solver: WeightSolver? = WeightSolver()
    private var reader: StoryReader?
    private var state: IndexState?
    private var published: IndexVersion?

    /// - Parameters:
    ///   - leadership: Under which versions are published; nil for an operator's command, which publishes unless somebody else was quicker.
    ///   - threads: How many threads fit the weights; the result does not depend on it.
    ///   - heldListBytes: How much of people's lists stays in memory between updates: three bytes a row. The others are read when they are
    ///     needed.
    public init(
        database: AnimeDatabase, leadership: Leadership? = nil, threads: Int = 2, heldListBytes: Int = 128 << 20
    ) {
        self.database = database
        self.leadership = leadership
        self.threads = threads
        self.heldListBytes = heldListBytes
        catalogue = CatalogueFollower(database: database)
    }

    func requireNoHold() async throws {
        let held = try await database.drift.heldSites()
        guard held.isEmpty else { throw IndexError.held(sites: held.sorted()) }
    }

    /// The state of a version; what is held of it already is not read again.
    func load(_ version: IndexVersion) async throws -> IndexState {
        if let state, published?.number == version.number { return state }
        // Not two at once.
        (state, published) = (nil, nil)
        let loaded = try await IndexState(version, from: database.index)
        (state, published) = (loaded, version)
        return loaded
    }

    /// Lets the state go while a copy of it is changed, so that no row of the matrix is copied.
    func takeState(_ version: IndexVersion) async throws -> IndexState {
        let loaded = try await load(version)
        letGo()
        return loaded
    }

    /// What is fitted next is fitted from the beginning.
    func letGoOfSolver() { solver = nil }

    /// Nothing is known of what is published any more.
    func letGo() { (state, published) = (nil, nil) }

    /// What turns descriptions into terms, with its dictionary.
    func storyReader() throws -> StoryReader {
        if let reader { return reader }
        let new = try StoryReader()
        reader = new
        return new
    }

    func solved(_ state: IndexState) async throws -> IndexState {
        // Two who compute at once do not share one.
        let (threads, solver) = (threads, solver ?? WeightSolver())
        self.solver = nil
        let solved = try await apart(state) { $0.solve(with: solver, threads: threads) }
        self.solver = solver
        return solved
    }

    /// A state after seconds of arithmetic, which do not belong on the threads that everybody's tasks share.
    func apart(_ state: IndexState, _ work: @escaping @Sendable (inout IndexState) -> Void) async throws -> IndexState {
        try await LowPriorityThread.run(.index, named: "index fit") {
            var state = state
            work(&state)
            return state
        }
    }

    private func encoded(_ state: IndexState) async throws -> [String: [IndexChunk]] {
        try await LowPriorityThread.run(.index, named: "index encode") { state.parts }
    }

    func publish(
        _ new: consuming IndexState, change: Int, log: String?, held: [String: Int], built: String,
        after previous: IndexVersion?
    ) async throws -> IndexVersion {
        var new = new
        let description = IndexDescription(
            change: change, log: log, format: IndexState.format, built: built, items: new.anime.liveCount,
            users: new.userCount,
            topicsChanges: new.topicsChanges, held: held)
        var store = database.index
        store.replacesStored = built == "rebuild"
        let parts = try await encoded(new)
        let version = try await store.publish(after: previous, description, parts: parts, under: leadership)
        new.stored(as: version, heldBytes: heldListBytes)
        (state, published) = (new, version)
        return version
    }
}

import Catalog
public import CrawlDomain
public import Storage
import WebStandards

/// Keeps `anime` equal to what `entries` and `reviews` say, group by group.
public struct CatalogueFollower: Sendable {
    private let store: CatalogueStore
    private let changes: ChangeLog
    private let position: ConsumerPosition

    /// Documents written in one transaction.
    private static let batch = 50
    /// Changes taken in at once: the outlines of what they speak of are held in memory.
    private static let changesAtOnce = 400
    private static let cause = ChangeCause(.catalog, id: "follow")

    /// Follows this database.
    public init(database: AnimeDatabase) {
        store = database.catalogue
        changes = database.changes
        position = database.position(of: "catalogue")
    }

    /// Combines anew what has changed since the last time, in batches that each end with the position stored.
    ///
    /// One program at a time: another one waits, and then finds little left to do.
    @discardableResult
    public func catchUp() async throws -> CommitSummary { try await inTurn(catchUp) }

    /// Combines everything anew; writes only what differs.
    @discardableResult
    public func rebuild(cause: ChangeCause) async throws -> CommitSummary {
        try await inTurn { turn in try await rebuild(cause: cause, turn: turn) }
    }

    /// Works under the consumer's turn; anew when it was lost on the way.
    private func inTurn(_ work: (ConsumerTurn) async throws -> CommitSummary) async throws -> CommitSummary {
        while true {
            let turn = try await position.takeTurn()
            do {
                let summary = try await work(turn)
                try await turn.end()
                return summary
            } catch StorageError.turnLost {
                continue
            } catch {
                // It ends by itself if this fails too; what went wrong first is what counts.
                try? await turn.end()
                throw error
            }
        }
    }

    private func catchUp(_ turn: ConsumerTurn) async throws -> CommitSummary {
        var summary = CommitSummary()
        var number = try await position.read()
        while true {
            let changes = try await changes.changedDocuments(after: number, limit: Self.changesAtOnce)
            guard let last = changes.last else { return summary }
            summary.add(try await update(entries: try await entryKeys(of: changes), turn: turn))
            number = last.number
            try await position.write(number)
        }
    }

    /// The entries that changes speak of: themselves, or those reviewed.
    private func entryKeys(of changes: [ChangedDocument]) async throws -> Set<String> {
        let entries = changes.filter { $0.subject == .entry }.map(\.key)
        let reviews = changes.filter { $0.subject == .review }.map(\.key)
        return Set(entries).union(try await store.entriesReviewed(by: reviews))
    }

    /// Combines anew every group that one of these entries is or was part of.
    private func update(entries keys: Set<String>, turn: ConsumerTurn) async throws -> CommitSummary {
        guard !keys.isEmpty else { return CommitSummary() }
        var graph = EntryGraph(store: store)
        let former = try await store.anime(holding: keys)
        try await graph.reach(keys.union(former.flatMap(\.memberKeys)))
        // Anime of one title are named together, so that the names do not depend on which came first.
        let titles = Set(Grouping.groups(of: graph.entries).map(AnimeNaming.title))
        let titled = try await store.anime(mainlyTitled: titles)
        try await graph.reach(Set(titled.flatMap(\.memberKeys)))
        let entries = graph.entries
        let present = try await store.anime(holding: entries.map(\.key))
        let groups = Grouping.groups(of: entries)
        let namesakes = try await store.animeIDs(among: AnimeNaming.candidates(for: groups))
        return try await write(
            groups, replacing: Set((former + present).compactMap { $0["_id"]?.stringValue }), namesakes: namesakes,
            cause: Self.cause, turn: turn)
    }

    private func rebuild(cause: ChangeCause, turn: ConsumerTurn) async throws -> CommitSummary {
        var entries: [CatalogEntry] = []
        try await store.forEachEntry(fields: CatalogEntry.outline) { fields in
            if let entry = CatalogEntry(fields: fields) { entries.append(entry) }
        }
        return try await write(
            Grouping.groups(of: entries), replacing: try await store.animeIDs(), namesakes: [], cause: cause,
            turn: turn)
    }

    private func write(
        _ groups: [[CatalogEntry]], replacing replaced: Set<String>, namesakes: Set<String>, cause: ChangeCause,
        turn: ConsumerTurn
    ) async throws -> CommitSummary {
        let names = AnimeNaming.names(of: groups, taken: namesakes.subtracting(replaced))
        var summary = CommitSummary()
        for start in stride(from: 0, to: groups.count, by: Self.batch) {
            let range = start..<min(start + Self.batch, groups.count)
            let documents = try await documents(Array(zip(names[range], groups[range])))
            summary.add(try await store.write(documents, cause: cause, turn: turn))
        }
        // Last: a death in between leaves an entry in two anime until the next time, and never in none.
        let gone = replaced.subtracting(names).sorted().map { (id: $0, document: JSONObject?.none) }
        summary.add(try await store.write(gone, cause: cause, turn: turn))
        return summary
    }

    /// The documents of groups, of whose entries only the outlines are known so far.
    private func documents(_ groups: [(String, [CatalogEntry])]) async throws -> [(id: String, document: JSONObject?)] {
        let keys = groups.flatMap { $0.1.map(\.key) }
        let reviews = try await store.reviewTexts(ofEntries: keys)
        let read = try await store.entries(keys, fields: Anime.fieldsRead).compactMap(CatalogEntry.init)
        let whole = Dictionary(read.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return groups.compactMap { name, entries in
            let texts = entries.flatMap { reviews[$0.key] ?? [] }.sorted { $0.noticed > $1.noticed }
            return Anime(id: name, entries: entries.compactMap { whole[$0.key] }, reviews: texts.map(\.text))
                .map { (name, $0.document) }
        }
    }
}

extension JSONObject {
    /// The keys of an anime document's entries.
    var memberKeys: [String] { self["entries"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
}

import Catalog
public import CrawlDomain
public import Storage
import WebStandards

/// Keeps `anime` equal to what `entries` and `reviews` say, group by group.
public struct CatalogueFollower: Sendable {
    private let store: CatalogueStore
    private let changes: ChangeLog
    private let position: ConsumerPosition
    private let drift: MongoDrift

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
        drift = database.drift
    }

    /// Combines anew what has changed since the last time, in batches that each end with the position stored.
    ///
    /// One program at a time: another one waits, and then finds little left to do.
    @discardableResult
    public func catchUp() async throws -> CommitSummary { try await inTurn(catchUp) }

    /// Combines everything anew; writes only what differs.
    ///
    /// - Throws: ``IndexError/held(sites:)`` while a site's publication is held.
    @discardableResult
    public func rebuild(cause: ChangeCause) async throws -> CommitSummary {
        try await inTurn { turn in
            let held = try await drift.heldSites()
            guard held.isEmpty else { throw IndexError.held(sites: held.sorted()) }
            do {
                return try await rebuild(cause: cause, turn: turn)
            } catch is HoldBegan {
                throw IndexError.held(sites: try await drift.heldSites().sorted())
            }
        }
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
        var state = try await position.read()
        // What comes meanwhile, our own changes mostly, is the next call's: a crawl at full speed does not keep this from ending.
        let end = try await changes.newest()
        // A position that the log never had is of another log: everything in this one is to come.
        if end < state.change { state = .init(change: 0) }
        let held = try await drift.heldSites()
        // What was left out while a site was held is taken in from where it was left; what is done twice does no harm.
        for (site, change) in state.held where !held.contains(site) {
            state.change = min(state.change, change)
            state.held[site] = nil
        }
        for site in held where state.held[site] == nil { state.held[site] = state.change }
        while true {
            let changes = try await changes.changedDocuments(after: state.change, limit: Self.changesAtOnce)
            guard let last = changes.last else { return summary }
            do {
                let keys = try await entryKeys(of: changes)
                summary.add(try await update(entries: keys, without: HeldKeys(held), turn: turn))
            } catch is HoldBegan {
                return try await catchUp(turn)
            }
            state.change = last.number
            try await turn.write(state)
            if changes.count < Self.changesAtOnce || last.number >= end { return summary }
        }
    }

    /// A site is held, or no longer, since something was read: it may be read from after that.
    private struct HoldBegan: Error {}

    /// The entries that changes speak of: themselves, or those reviewed.
    private func entryKeys(of changes: [ChangedDocument]) async throws -> Set<String> {
        let entries = changes.filter { $0.subject == .entry }.map(\.key)
        let reviews = changes.filter { $0.subject == .review }
        let named = reviews.compactMap(\.entry)
        let unnamed = reviews.filter { $0.entry == nil }.map(\.key)
        return Set(entries + named).union(try await store.entriesReviewed(by: unnamed))
    }

    /// Combines anew every group that one of these entries is or was part of.
    ///
    /// - Parameter held: Entries whose anime stay as they are.
    private func update(
        entries: Set<String>, without held: HeldKeys, turn: ConsumerTurn
    ) async throws -> CommitSummary {
        let keys = entries.filter { !held.contains($0) }
        guard !keys.isEmpty else { return CommitSummary() }
        let (entries, former) = try await affected(by: keys)
        let (groups, edges) = Grouping.resolve(entries)
        let kept = Self.kept(groups, former, without: held)
        let namesakes = try await store.animeIDs(among: AnimeNaming.candidates(for: kept.groups))
        return try await write(
            kept.groups, edges, replacing: kept.former, namesakes: namesakes, without: held, cause: Self.cause,
            turn: turn)
    }

    /// The entries that may be one anime with one of these, or share its title, and the anime that hold one of them.
    private func affected(by keys: Set<String>) async throws -> (entries: [CatalogEntry], former: [JSONObject]) {
        var graph = EntryGraph(store: store)
        var (former, seen, titles): ([String: JSONObject], Set<String>, Set<String>) = ([:], [], [])
        // With what belonged together until now at once: mostly it still does, and need not be walked step by step.
        var waiting = keys.union(try await store.anime(holding: keys).flatMap { $0.memberKeys + $0.apartKeys })
        while !waiting.isEmpty {
            try await graph.reach(waiting)
            let unseen = Set(graph.entries.map(\.key)).union(waiting).subtracting(seen)
            seen.formUnion(unseen)
            var found = try await store.anime(holding: unseen)
            // Anime of one title are named together, so that the names do not depend on which came first; those of a title that is given up
            // too, for one of them may have it now.
            let named = Grouping.groups(of: graph.entries).map(AnimeNaming.title) + found.compactMap(\.mainTitle)
            let new = Set(named).subtracting(titles)
            titles.formUnion(new)
            if !new.isEmpty { found += try await store.anime(mainlyTitled: new) }
            for anime in found { if let id = anime["_id"]?.stringValue { former[id] = anime } }
            // An anime that is combined anew is so whole. What it stayed apart from may have done so because of it alone.
            waiting = Set(found.flatMap { $0.memberKeys + $0.apartKeys }).subtracting(seen)
        }
        return (graph.entries, Array(former.values))
    }

    /// Of groups and the anime there are, those that have nothing to do with a held entry: a group that shares an entry with an anime that
    /// stays as it is must wait with it, or the entry would be in two, or in none.
    private static func kept(
        _ groups: [[CatalogEntry]], _ anime: [JSONObject], without held: HeldKeys
    ) -> (groups: [[CatalogEntry]], former: [FormerAnime]) {
        var waiting = Set((groups.joined().map(\.key) + anime.flatMap(\.memberKeys)).filter(held.contains))
        var (groups, anime) = (groups, anime)
        while !waiting.isEmpty {
            let before = (groups.count, anime.count)
            groups.removeAll { group in
                guard group.contains(where: { waiting.contains($0.key) }) else { return false }
                waiting.formUnion(group.map(\.key))
                return true
            }
            anime.removeAll { document in
                guard document.memberKeys.contains(where: waiting.contains) else { return false }
                waiting.formUnion(document.memberKeys)
                return true
            }
            if before == (groups.count, anime.count) { break }
        }
        let former = Dictionary(anime.compactMap(FormerAnime.init).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        return (groups, Array(former.values))
    }

    private func rebuild(cause: ChangeCause, turn: ConsumerTurn) async throws -> CommitSummary {
        var entries: [CatalogEntry] = []
        try await store.forEachEntry(fields: CatalogEntry.outline) { fields in
            if let entry = CatalogEntry(fields: fields) { entries.append(entry) }
        }
        let (groups, edges) = Grouping.resolve(entries)
        return try await write(
            groups, edges, replacing: try await store.memberships().compactMap(FormerAnime.init),
            namesakes: [], without: HeldKeys([]), cause: cause, turn: turn)
    }

    private func write(
        _ groups: [[CatalogEntry]], _ edges: [EntryEdge], replacing former: [FormerAnime], namesakes: Set<String>,
        without held: HeldKeys,
        cause: ChangeCause, turn: ConsumerTurn
    ) async throws -> CommitSummary {
        let names = AnimeNaming.names(of: groups, taken: namesakes.subtracting(former.map(\.id)))
        let apart = edges.flatMap(\.refusals).reduce(into: [String: [String]]()) {
            $0[$1.by, default: []].append($1.target)
        }
        let succession = Succession(from: former, to: groups, names: names)
        var summary = CommitSummary()
        for start in stride(from: 0, to: max(groups.count, 1), by: Self.batch) {
            let range = start..<min(start + Self.batch, groups.count)
            var write = CatalogueWrite()
            write.anime = try await documents(Array(zip(names[range], groups[range])), apart: apart)
            // Last: a death in between leaves an entry in two anime until the next time, and never in none.
            if range.upperBound == groups.count { try await finish(&write, succession) }
            guard try await drift.heldSites() == held.sites else { throw HoldBegan() }
            summary.add(try await store.write(write, cause: cause, turn: turn))
        }
        return summary
    }

    /// Adds what becomes of the anime there were, and of what they were called.
    private func finish(_ write: inout CatalogueWrite, _ succession: Succession) async throws {
        write.departures = succession.departures
        let (new, missing) = (succession.newIDs, succession.missing)
        if !new.isEmpty { write.ids = try await store.aliases(among: new).map(\.id) }
        if !missing.isEmpty { write.rebound = succession.rebound(try await store.aliases(ofEntries: missing)) }
    }

    /// The documents of groups, of whose entries only the outlines are known so far.
    ///
    /// - Parameter apart: By entry those it stays apart from.
    private func documents(
        _ groups: [(String, [CatalogEntry])], apart: [String: [String]]
    ) async throws -> [(id: String, document: JSONObject)] {
        let keys = groups.flatMap { $0.1.map(\.key) }
        async let texts = store.reviewTexts(ofEntries: keys)
        let read = try await store.entries(keys, fields: Anime.fieldsRead).compactMap(CatalogEntry.init)
        let reviews = try await texts
        let whole = Dictionary(read.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return groups.compactMap { name, entries in
            let texts = entries.flatMap { reviews[$0.key] ?? [] }.sorted { $0.noticed > $1.noticed }
            return Anime(
                id: name, entries: entries.compactMap { whole[$0.key] }, reviews: texts.map(\.text),
                apart: entries.flatMap { apart[$0.key] ?? [] }
            )
            .map { (name, $0.document) }
        }
    }
}

extension JSONObject {
    /// The title that an anime document is called by.
    fileprivate var mainTitle: String? { self["titles"]?.arrayValue?.first?.stringValue }
}

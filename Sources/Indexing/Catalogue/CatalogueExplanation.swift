public import Catalog
import CrawlDomain
public import Storage
public import WebStandards
public import struct Foundation.Date

/// Why the entries of an anime are one, what was refused, and what it was called before.
public struct CatalogueExplanation: Sendable {
    /// The anime's `_id`.
    public let id: String
    /// Its entries, by air date.
    public let entries: [CatalogEntry]
    /// What joins two of them.
    public let joined: [EntryEdge]
    /// What is stated between one of them and an entry, and does not join them.
    public let refused: [EntryEdge]
    /// Relations to entries that are not stored: they join nothing yet.
    public let waiting: [(by: String, relation: CatalogEntry.Relation)]
    /// The entries that `refused` speaks of and that are not its own, by key.
    public let others: [String: CatalogEntry]
    /// What it was called before.
    public let aliases: [AnimeAlias]
    /// Since when the entries' pages have said at least what they say of others, by key, as far as the change log goes back.
    public let statedSince: [String: Date]

    /// Explains an anime as it is stored.
    ///
    /// What is said is worked out anew from the entries as they are now.
    public init(of anime: JSONObject, in database: AnimeDatabase) async throws {
        let store = database.catalogue
        let members = Set(anime.memberKeys)
        var graph = EntryGraph(store: store)
        try await graph.reach(members)
        let found = graph.entries
        let known = Set(found.map(\.key))
        let own = found.filter { members.contains($0.key) }
        // What leads elsewhere was not followed.
        let elsewhere = Set(own.flatMap { $0.relations.map(\.target) }).subtracting(known)
        let more = try await store.entries(elsewhere, fields: CatalogEntry.outline).compactMap(CatalogEntry.init)
        let all = Dictionary((found + more).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let edges = Grouping.resolve(found + more, explained: true).edges.filter {
            members.contains($0.first) || members.contains($0.second)
        }
        id = anime["_id"]?.stringValue ?? ""
        entries = own.sorted(by: CatalogEntry.airsBefore)
        joined = edges.filter { $0.verdict.joins && members.contains($0.first) && members.contains($0.second) }
        let refused = edges.filter { !$0.verdict.joins }
        self.refused = refused
        waiting = entries.flatMap { entry in
            entry.relations.filter { $0.mayJoin && all[$0.target] == nil }.map { (entry.key, $0) }
        }
        let foreign = Set(refused.flatMap { [$0.first, $0.second] }).subtracting(members)
        others = all.filter { foreign.contains($0.key) }
        aliases = try await store.aliases(ofEntries: members)
        statedSince = try await database.changes.lastChanges(
            of: ["related", "external_ids"], in: Array(members.union(foreign)), subject: .entry)
    }

    /// The edges that join an entry with others of the anime.
    public func edges(joining key: String) -> [EntryEdge] { joined.filter { $0.other(than: key) != nil } }
}

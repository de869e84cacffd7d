import Catalog
import Storage
import WebStandards

/// Walks the relations between stored entries, and keeps what it has read of them: outlines, without what only an anime needs.
struct EntryGraph {
    let store: CatalogueStore
    private var found: [String: CatalogEntry] = [:]
    private var expanded: Set<String> = []

    /// Groups larger than this are not followed further: no franchise is so large, so relations must have gone astray.
    private static let largestGroup = 2_000

    init(store: CatalogueStore) { self.store = store }

    /// What has been reached so far.
    var entries: [CatalogEntry] { found.values.sorted { $0.key < $1.key } }

    /// Adds the entries joined to these, themselves included, by relations that either side states and that may join; also to those of
    /// these that are not stored, or no longer.
    mutating func reach(_ keys: Set<String>) async throws {
        var waiting = keys.subtracting(expanded)
        var gone = waiting
        while !waiting.isEmpty {
            let loaded = try await outlines(waiting)
            gone.subtract(loaded.map(\.key))
            let stating = try await outlines(stating: loaded.map { Place($0) } + gone.compactMap(Place.init))
            for entry in loaded + stating { found[entry.key] = entry }
            expanded.formUnion(waiting)
            guard found.count < Self.largestGroup else { return }
            waiting = Set(loaded.flatMap(\.neighbours) + stating.map(\.key)).subtracting(expanded)
            gone = []
        }
    }

    /// Where an entry is, stored or not.
    private struct Place {
        let site: String
        let id: JSONValue
        let key: String

        init(_ entry: CatalogEntry) { (site, id, key) = (entry.site, entry.id, entry.key) }

        init?(_ key: String) {
            let parts = key.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            (site, id, self.key) = (parts[0], .string(parts[1]), key)
        }
    }

    private func outlines(_ keys: Set<String>) async throws -> [CatalogEntry] {
        let known = keys.compactMap { found[$0] }
        let unknown = keys.filter { found[$0] == nil }
        guard !unknown.isEmpty else { return known }
        return known
            + (try await store.entries(unknown, fields: CatalogEntry.outline).compactMap(CatalogEntry.init))
    }

    /// Entries that state a joining relation to one of these, or to be the same.
    private func outlines(stating targets: [Place]) async throws -> [CatalogEntry] {
        let keys = Set(targets.map(\.key))
        var stating: [CatalogEntry] = []
        for (site, group) in Dictionary(grouping: targets, by: \.site) {
            let ids = group.map(\.id)
            async let same = store.entries(sameAs: ids, site: site, fields: CatalogEntry.outline)
            let related = try await store.entries(
                relatedTo: ids, site: site, by: RelationKind.pattern, fields: CatalogEntry.outline)
            stating += (related + (try await same)).compactMap(CatalogEntry.init)
        }
        return stating.filter { $0.neighbours.contains(where: keys.contains) }
    }
}

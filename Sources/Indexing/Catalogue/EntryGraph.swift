import Catalog
import Storage
import WebStandards

/// Walks the relations between stored entries.
struct EntryGraph {
    let store: CatalogueStore

    /// Groups larger than this are not followed further: no franchise is so large, so relations must have gone astray.
    private static let largestGroup = 2_000

    /// The entries joined to these, themselves included, by relations that either side states.
    func connected(to keys: Set<String>) async throws -> [CatalogEntry] {
        var found: [String: CatalogEntry] = [:]
        var expanded: Set<String> = []
        var waiting = keys
        while !waiting.isEmpty, found.count < Self.largestGroup {
            let loaded = try await store.entries(waiting).compactMap(CatalogEntry.init)
            let stating = try await entries(stating: loaded)
            for entry in loaded + stating { found[entry.key] = entry }
            expanded.formUnion(waiting)
            waiting = Set(loaded.flatMap { $0.relations.map(\.target) } + stating.map(\.key)).subtracting(expanded)
        }
        return found.values.sorted { $0.key < $1.key }
    }

    /// Entries that state a joining relation to one of these.
    private func entries(stating targets: [CatalogEntry]) async throws -> [CatalogEntry] {
        let keys = Set(targets.map(\.key))
        var stating: [CatalogEntry] = []
        for (site, group) in Dictionary(grouping: targets, by: \.site) {
            stating += try await store.entries(relatedTo: group.map(\.id), site: site).compactMap(CatalogEntry.init)
        }
        return stating.filter { entry in entry.relations.contains { keys.contains($0.target) } }
    }
}

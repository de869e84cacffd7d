import Catalog
import Storage

/// What became of the anime there were, when their entries are grouped and named anew.
struct Succession {
    private let former: [FormerAnime]
    private let names: Set<String>
    private let nameOfEntry: [String: String]
    private let entries: [String: CatalogEntry]

    /// - Parameter names: Those of the groups, in their order.
    init(from former: [FormerAnime], to groups: [[CatalogEntry]], names: [String]) {
        var (nameOfEntry, entries): ([String: String], [String: CatalogEntry]) = ([:], [:])
        for (name, group) in zip(names, groups) {
            for entry in group { (nameOfEntry[entry.key], entries[entry.key]) = (name, entry) }
        }
        (self.former, self.names, self.nameOfEntry, self.entries) = (former, Set(names), nameOfEntry, entries)
    }

    /// The anime that are no longer called so, by id.
    var departures: [CatalogueWrite.Departure] {
        former.filter { !names.contains($0.id) }.sorted { $0.id < $1.id }.map { anime in
            let entry = anime.namesake(among: entries)?.key
            // An entry that is gone may come back, and what it was called then leads to it again.
            return CatalogueWrite.Departure(
                id: anime.id, entry: entry ?? anime.members.first, successor: entry.flatMap { nameOfEntry[$0] })
        }
    }

    /// Ids that are in use now and were not.
    var newIDs: [String] { names.subtracting(former.map(\.id)).sorted() }

    /// Entries of the former anime that are gone.
    var missing: [String] { former.flatMap(\.members).filter { entries[$0] == nil } }

    /// Binds aliases whose entry is gone to what is left of the anime that held it.
    func rebound(_ aliases: [AnimeAlias]) -> [(id: String, entry: String)] {
        aliases.compactMap { alias in
            let anime = former.first { $0.members.contains(alias.entry) }
            return anime?.namesake(among: entries).map { (alias.id, $0.key) }
        }
    }
}

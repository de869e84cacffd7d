import Storage

/// The numbers that anime and entries have: kept by a rebuild, so that what is stored by number stays right.
struct IndexNumbers: Sendable {
    let anime: Registry
    let entries: Registry

    init(anime: Registry, entries: Registry) { (self.anime, self.entries) = (anime, entries) }

    /// Those of a stored version.
    init(of version: IndexVersion, in store: IndexStore) async throws {
        let anime = try AnimeTable(chunks: await store.read("anime", of: version))
        let ratings = try Ratings(
            gramChunks: [], leafChunks: [], listHashes: [], entryChunks: await store.read("entries", of: version))
        self.init(anime: anime.registry, entries: ratings.entries)
    }
}

public import WebStandards

/// What becomes of some anime and of what they were called, in one transaction.
public struct CatalogueWrite: Sendable {
    /// An anime that is no longer called so.
    public struct Departure: Sendable, Hashable {
        /// What it was called.
        public let id: String
        /// The entry it was called by; nil where it had none.
        public let entry: String?
        /// What the anime that holds the entry is called now; nil where the entry is gone.
        public let successor: String?

        /// Makes a departure.
        public init(id: String, entry: String?, successor: String?) {
            (self.id, self.entry, self.successor) = (id, entry, successor)
        }
    }

    /// Anime as they are now, by id.
    public var anime: [(id: String, document: JSONObject)] = []
    /// Anime that go.
    public var departures: [Departure] = []
    /// Aliases whose entry is gone, with the entry they mean instead.
    public var rebound: [(id: String, entry: String)] = []
    /// Ids that are in use, and so are no aliases.
    public var ids: [String] = []

    /// Nothing yet.
    public init() {}

    /// Whether there is nothing to do.
    public var isEmpty: Bool { anime.isEmpty && departures.isEmpty && rebound.isEmpty && ids.isEmpty }
}

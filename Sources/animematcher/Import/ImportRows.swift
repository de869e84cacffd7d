import CrawlDomain

/// What some records of a file come to: items to store, and documents to delete; no document is both.
struct ImportRows: Sendable {
    private(set) var items: [Item] = []
    private(set) var deletions: [ItemIdentity] = []
    /// Keys of either.
    private var stored: Set<String> = []
    private var deleted: Set<String> = []

    init(_ items: [Item] = []) { add(items) }

    var count: Int { items.count + deletions.count }

    /// Whether a record that says the opposite of one before, as files put one behind the other do, must wait until that is stored.
    func contradict(_ items: [Item]) -> Bool { items.contains { deleted.contains($0.key) } }

    func contradict(_ deletion: ItemIdentity) -> Bool { stored.contains(deletion.key) }

    mutating func add(_ items: [Item]) {
        self.items += items
        stored.formUnion(items.map(\.key))
    }

    mutating func add(_ deletion: ItemIdentity) {
        if deleted.insert(deletion.key).inserted { deletions.append(deletion) }
    }
}

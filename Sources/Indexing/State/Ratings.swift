import Recommender

/// Everybody's lists, which anime each entry belongs to, and the Gram matrix that follows from both.
///
/// Every change is "subtract what was, add what is" on integers, so the matrix always has the bytes of a rebuild.
struct Ratings: Sendable {
    var entries = Registry()
    /// Entry number → row of its anime; -1 while it has none.
    private(set) var animeOfEntry: [Int32] = []
    /// User key → list.
    private(set) var lists: [String: EntryList] = [:]
    private(set) var gram = GramMatrix(lists: .balanced)
    let weights: PreferenceWeights

    init(weights: PreferenceWeights = .standard) {
        self.weights = weights
    }

    /// Puts back a stored state.
    init(
        entries: Registry, animeOfEntry: [Int32], lists: [String: EntryList], gram: GramMatrix,
        weights: PreferenceWeights = .standard
    ) {
        self.entries = entries
        self.animeOfEntry = animeOfEntry
        self.lists = lists
        self.gram = gram
        self.weights = weights
    }

    /// The row of an entry's anime; nil while it has none.
    func animeRow(of entry: Int32) -> Int32? {
        guard entry >= 0, entry < animeOfEntry.count, animeOfEntry[Int(entry)] >= 0 else { return nil }
        return animeOfEntry[Int(entry)]
    }

    /// The list as a vector over anime; of several entries of one anime the best liked counts.
    func vector(of list: EntryList) -> SparseVector {
        SparseVector(
            list.compactMap { row in
                guard let anime = animeRow(of: row.entry) else { return nil }
                return (item: anime, weight: weights.weight(score: Int(row.score), status: row.status))
            })
    }

    /// Replaces a person's list; nil removes the person.
    ///
    /// - Returns: Whether the matrix changed.
    @discardableResult
    mutating func set(_ list: EntryList?, of user: String) -> Bool {
        let old = lists[user].map(vector) ?? SparseVector()
        lists[user] = list
        let new = list.map(vector) ?? SparseVector()
        gram.replace(old, with: new)
        return old != new
    }

    /// Says which anime entries belong to; -1 takes an entry out of its anime.
    mutating func assign(_ anime: [(entry: Int32, row: Int32)]) {
        let changed = anime.filter {
            $0.entry >= animeOfEntry.count ? $0.row >= 0 : animeOfEntry[Int($0.entry)] != $0.row
        }
        guard !changed.isEmpty else { return }
        let moved = Set(changed.map(\.entry))
        let affected = lists.filter { $0.value.contains { moved.contains($0.entry) } }
        for list in affected.values { gram.subtract(vector(of: list)) }
        for (entry, row) in changed {
            if entry >= animeOfEntry.count {
                animeOfEntry += Array(repeating: -1, count: Int(entry) + 1 - animeOfEntry.count)
            }
            animeOfEntry[Int(entry)] = row
        }
        for list in affected.values { gram.add(vector(of: list)) }
    }

    mutating func grow(toItemCount count: Int) { gram.grow(toItemCount: count) }
}

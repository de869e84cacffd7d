import Recommender

/// Everybody's lists, which anime each entry belongs to, and the Gram matrix that follows from both.
///
/// Every change is "subtract what was, add what is" on integers, so the matrix always has the bytes of a rebuild.
struct Ratings: Sendable {
    var entries = Registry()
    /// Entry number → row of its anime; -1 while it has none.
    private(set) var animeOfEntry: [Int32] = []
    /// Entry number → how many lists have it.
    private(set) var listCounts: [Int32] = []
    /// Everybody's list.
    var lists = ListBook()
    private(set) var gram = GramMatrix(lists: .balanced)
    /// Entries that have moved to another anime since the matrix was last right, with the rows they had.
    private var moved: [Int32: Int32] = [:]
    let weights: PreferenceWeights

    init(weights: PreferenceWeights = .standard) {
        self.weights = weights
    }

    /// Puts back a stored state.
    init(
        entries: Registry, animeOfEntry: [Int32], listCounts: [Int32], lists: ListBook, gram: GramMatrix,
        weights: PreferenceWeights = .standard
    ) {
        self.entries = entries
        self.animeOfEntry = animeOfEntry
        self.listCounts = listCounts
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
    func vector(of list: EntryList) -> SparseVector { vector(of: list, rowOf: animeRow) }

    private func vector(of list: EntryList, rowOf: (Int32) -> Int32?) -> SparseVector {
        SparseVector(
            list.compactMap { row in
                guard let anime = rowOf(row.entry) else { return nil }
                return (item: anime, weight: weights.weight(score: Int(row.score), status: row.status))
            })
    }

    /// Replaces a person's list; nil removes the person.
    ///
    /// - Precondition: The person's leaf is loaded, and entries that moved are settled.
    mutating func set(_ list: EntryList?, of user: String) throws {
        precondition(moved.isEmpty, "entries that moved are to be settled first")
        let old = try lists.set(list, of: user)
        count(old, list)
        gram.replace(old.map(vector) ?? SparseVector(), with: list.map(vector) ?? SparseVector())
    }

    /// Adds a person whose key comes after all others.
    mutating func append(_ list: EntryList, of user: String) throws {
        precondition(moved.isEmpty, "entries that moved are to be settled first")
        try lists.append(list, of: user)
        count(nil, list)
        gram.add(vector(of: list))
    }

    private mutating func count(_ old: EntryList?, _ new: EntryList?) {
        for row in old ?? [] { listCounts[Int(row.entry)] -= 1 }
        for row in new ?? [] {
            if Int(row.entry) >= listCounts.count {
                listCounts += Array(repeating: 0, count: Int(row.entry) + 1 - listCounts.count)
            }
            listCounts[Int(row.entry)] += 1
        }
    }

    /// Says which anime entries belong to; -1 takes an entry out of its anime. The matrix follows when this is settled.
    mutating func assign(_ anime: [(entry: Int32, row: Int32)]) {
        for (entry, row) in anime {
            if entry >= animeOfEntry.count {
                guard row >= 0 else { continue }
                animeOfEntry += Array(repeating: -1, count: Int(entry) + 1 - animeOfEntry.count)
            }
            let old = animeOfEntry[Int(entry)]
            guard old != row else { continue }
            animeOfEntry[Int(entry)] = row
            guard Int(entry) < listCounts.count, listCounts[Int(entry)] > 0 else { continue }
            let first = moved[entry] ?? old
            moved[entry] = first == row ? nil : first
        }
    }

    /// Whether lists are to be gone through, because entries that are on some have moved.
    var isUnsettled: Bool { !moved.isEmpty }

    /// Brings the lists of a leaf, which have entries that moved, anew into the matrix.
    mutating func settle(_ leaf: ListLeaf) throws {
        var changes: [(old: SparseVector, new: SparseVector)] = []
        try leaf.forEach { _, list in
            guard list.contains(where: { moved[$0.entry] != nil }) else { return }
            let old = vector(of: list) { entry in moved[entry].map { $0 < 0 ? nil : $0 } ?? animeRow(of: entry) }
            changes.append((old, vector(of: list)))
        }
        for change in changes { gram.replace(change.old, with: change.new) }
    }

    /// All leaves have been settled.
    mutating func finishSettling() { moved = [:] }

    mutating func grow(toItemCount count: Int) { gram.grow(toItemCount: count) }

    /// What changed in the matrix so far is stored.
    mutating func clearChangedRows() { gram.clearChangedRows() }
}

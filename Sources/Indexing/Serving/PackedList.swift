public import WebStandards

/// A person's list in eight bytes a row, for those who answer the same people again and again.
public struct PackedList: Sendable {
    /// The user's key.
    public let key: String
    let rows: [ListedEntry]
    /// What the entries' numbers mean.
    let numbers: EntryNumbers
    /// Entries that the index did not have: -1 in a row is the first of them, -2 the second.
    let others: [String]

    /// An empty list.
    public init(key: String) { self.init(key: key, rows: [], numbers: EntryNumbers()) }

    init(key: String, rows: [ListedEntry], numbers: EntryNumbers, others: [String] = []) {
        (self.key, self.rows, self.numbers, self.others) = (key, rows, numbers, others)
    }

    /// About how much memory it takes.
    public var byteCount: Int {
        let names = others.reduce(0) { $0 + MemoryLayout<String>.stride + $1.utf8.count + 16 }
        return rows.count * MemoryLayout<ListedEntry>.stride + names + key.utf8.count + 64
    }

    /// The fields of a `users` document that are read, besides `_id`.
    public static let fields = UserList.fields
}

extension AnimeIndex {
    /// The list of a `users` document, to be held; newer versions that were loaded after this one read it without any conversion.
    ///
    /// - Returns: nil for what is no such document.
    public func packed(_ user: JSONObject) -> PackedList? {
        guard let list = UserList(user) else { return nil }
        var others: [String] = []
        let rows = zip(list.rows, entryNumbers.numbers(of: list.rows.map(\.entry))).map { row, number in
            if number == nil { others.append(row.entry) }
            return ListedEntry(entry: number ?? -Int32(others.count), score: row.score, status: row.status)
        }
        return PackedList(key: list.key, rows: rows, numbers: entryNumbers, others: others)
    }

    /// Recommends to a person from their list.
    public func recommend(to list: PackedList, _ options: RecommendationOptions = .init()) -> [AnimeRecommendation] {
        var taken: [(anime: Int32, score: UInt8, status: ListedEntry.Status?)] = []
        taken.reserveCapacity(list.rows.count)
        for row in list.rows {
            guard let anime = self.row(of: row.entry, of: list) else { continue }
            taken.append((anime, row.score, row.status))
        }
        return recommend(taken, options)
    }

    /// The row of a numbered entry; nil when it is none of the index.
    private func row(of number: Int32, of list: PackedList) -> Int32? {
        // A newer version may have it.
        guard number >= 0 else { return rowOfEntry[list.others[Int(-1 - number)]] }
        if list.numbers === entryNumbers, Int(number) < rowOfNumber.count {
            let row = rowOfNumber[Int(number)]
            return row < 0 ? nil : row
        }
        // Numbered after this version was loaded.
        return rowOfEntry[list.numbers.name(number)]
    }
}

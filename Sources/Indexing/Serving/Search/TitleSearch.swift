/// Finds anime by what a person begins to type: every word typed must begin a word of a title, a slip of the hand aside.
public struct TitleSearch: Sendable {
    /// More words than that are not looked at.
    private static let mostWords = 8

    /// All words of all titles, ascending, and the rows whose titles have them.
    private let words: [SearchWord]
    private let rows: [[Int32]]
    /// By row; each title's words in its order.
    private let titles: [[[SearchWord]]]
    private let members: [Int]

    /// - Parameter anime: Titles and number of members of each row; rows without titles are not found.
    public init(_ anime: [(titles: [String], members: Int)]) {
        titles = anime.map { $0.titles.map(SearchWord.words) }
        members = anime.map(\.members)
        var rowsOfWord: [SearchWord: [Int32]] = [:]
        for (row, own) in titles.enumerated() {
            for word in Set(own.joined()) { rowsOfWord[word, default: []].append(Int32(row)) }
        }
        words = rowsOfWord.keys.sorted()
        rows = words.map { rowsOfWord[$0] ?? [] }
    }

    /// The rows that a text can mean, best first: fewest slips, then whole titles, then titles that begin so, then the best known.
    func rows(for text: String, limit: Int) -> [Int32] { ranked(text).prefix(limit).map(\.row) }

    /// The rows that a text means when it is all there is to go by, the best known first: those that are called so, case, accents and
    /// signs aside, by their first titles rather than by others; else all that it fits equally well.
    ///
    /// - Returns: No rows when nothing fits; and whether they are called so.
    public func rows(meant text: String) -> (rows: [Int32], areCalledSo: Bool) {
        let wanted = SearchWord.words(of: text)
        let ranked = ranked(text)
        let called = ranked.filter { titles[Int($0.row)].contains(wanted) }
        if !called.isEmpty {
            let mains = called.filter { titles[Int($0.row)].first == wanted }
            return ((mains.isEmpty ? called : mains).map(\.row), true)
        }
        return (ranked.prefix { $0.fit == ranked[0].fit }.map(\.row), false)
    }

    /// How well a text fits a row; less is better.
    private struct Fit: Comparable {
        let slips: Int
        let standing: Int

        static func < (left: Fit, right: Fit) -> Bool { (left.slips, left.standing) < (right.slips, right.standing) }
    }

    private func ranked(_ text: String) -> [(row: Int32, fit: Fit)] {
        let wanted = Array(SearchWord.words(of: text).prefix(Self.mostWords))
        guard !wanted.isEmpty else { return [] }
        var slips: [Int32: Int]?
        for word in wanted {
            let found = rowsWithin(word)
            slips =
                slips.map { known in
                    known.reduce(into: [:]) { result, row in
                        if let more = found[row.key] { result[row.key] = row.value + more }
                    }
                } ?? found
            if slips?.isEmpty == true { return [] }
        }
        let found = (slips ?? [:]).map { row, slips in
            (row: row, fit: Fit(slips: slips, standing: standing(of: Int(row), wanted)))
        }
        return found.sorted {
            ($0.fit, -members[Int($0.row)], $0.row) < ($1.fit, -members[Int($1.row)], $1.row)
        }
    }

    /// Rows that have a word which the given one begins, with the fewest slips that takes.
    private func rowsWithin(_ word: SearchWord) -> [Int32: Int] {
        var found: [Int32: Int] = [:]
        for index in beginning(word) { for row in rows[index] { found[row] = 0 } }
        guard word.mostSlips > 0 else { return found }
        for (index, other) in words.enumerated() {
            guard let slips = word.slips(beginning: other), slips > 0 else { continue }
            for row in rows[index] where found[row].map({ $0 > slips }) ?? true { found[row] = slips }
        }
        return found
    }

    /// The words that begin with one.
    private func beginning(_ word: SearchWord) -> Range<Int> {
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle] < word { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < words.count, word.begins(words[end]) { end += 1 }
        return low..<end
    }

    /// 0 for a title that is just this, 1 for one that begins so, 2 for the others; slips aside.
    private func standing(of row: Int, _ wanted: [SearchWord]) -> Int {
        let begun = titles[row].filter { title in
            title.count >= wanted.count
                && zip(wanted, title).allSatisfy { $0.begins($1) || $0.slips(beginning: $1) != nil }
        }
        if begun.contains(where: { $0.count == wanted.count && zip(wanted, $0).allSatisfy { $0.isAsLong(as: $1) } }) {
            return 0
        }
        return begun.isEmpty ? 2 : 1
    }
}

extension AnimeIndex {
    /// The anime that a text means, as far as somebody has typed it; best first.
    public func search(_ text: String, limit: Int = 10) -> [AnimeCard] {
        titles.rows(for: text, limit: limit).compactMap(card(row:))
    }
}

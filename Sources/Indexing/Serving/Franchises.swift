import Catalog

/// Which anime are of one series, and in what order they came out: a function of the cards alone.
///
/// Seasons are one anime already where a site states how they are related. What remains are spin-offs, other settings and what bears the
/// same name, which the anime's own documents tell; and for entries of sites or data sets without any relation, titles.
struct Franchises: Sendable, Equatable {
    /// Row → its series; -1 for an empty row.
    private let seriesOfRow: [Int32]
    /// The rows of all series, one after the other, each in order of release.
    private let members: [Int32]
    /// Series → where its rows start; and at the end where the last ones end.
    private let starts: [Int]
    /// Row → whether its series begins with it.
    private let begins: [Bool]

    init(_ cards: [AnimeCard?]) {
        var sets = DisjointSets(count: cards.count)
        Self.joinRelated(cards, &sets)
        Self.joinTitles(cards, &sets)
        var numbers: [Int: Int] = [:]
        var series = Array(repeating: Int32(-1), count: cards.count)
        var members: [[Int32]] = []
        for row in cards.indices where cards[row] != nil {
            let root = sets.root(of: row)
            let number = numbers[root] ?? members.count
            if numbers[root] == nil {
                numbers[root] = number
                members.append([])
            }
            series[row] = Int32(number)
            members[number].append(Int32(row))
        }
        var begins = Array(repeating: false, count: cards.count)
        for number in members.indices {
            let releases = Release.sorted(
                members[number].compactMap { row in cards[Int(row)].map { Release(row, $0) } })
            members[number] = releases.map(\.row)
            if let first = releases.first(where: \.isMain) ?? releases.first { begins[Int(first.row)] = true }
        }
        seriesOfRow = series
        self.members = Array(members.joined())
        starts = members.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        self.begins = begins
        mains = cards.map { Release.mainTypes.contains($0?.type ?? "") }
    }

    /// Row → whether it is a work of its own and no special.
    private let mains: [Bool]

    /// The series of an anime; nil for a row without one.
    func series(of row: Int32) -> Int32? {
        guard row >= 0, row < seriesOfRow.count, seriesOfRow[Int(row)] >= 0 else { return nil }
        return seriesOfRow[Int(row)]
    }

    /// The rows of a series, in order of release.
    func rows(of series: Int32) -> ArraySlice<Int32> { members[starts[Int(series)]..<starts[Int(series) + 1]] }

    /// Whether a series begins with this anime: the first that is no special.
    func isBeginning(_ row: Int32) -> Bool { row >= 0 && row < begins.count && begins[Int(row)] }

    /// The first of a series that is wanted: of its works, and when there is none, of its specials.
    func first(of series: Int32, where isWanted: (Int32) -> Bool) -> Int32? {
        let rows = rows(of: series)
        return rows.first { mains[Int($0)] && isWanted($0) } ?? rows.first(where: isWanted)
    }

    private static func joinRelated(_ cards: [AnimeCard?], _ sets: inout DisjointSets) {
        var rowOfEntry: [String: Int] = [:]
        for (row, card) in cards.enumerated() { for entry in card?.entries ?? [] { rowOfEntry[entry] = row } }
        for (row, card) in cards.enumerated() {
            for entry in card?.related ?? [] { if let other = rowOfEntry[entry] { sets.join(row, other) } }
        }
    }

    /// Joins anime of one name, season and part aside, where no page of their sites says how they are related.
    private static func joinTitles(_ cards: [AnimeCard?], _ sets: inout DisjointSets) {
        var informed: Set<Substring> = []
        for case let card? in cards where card.entries.count > 1 || !card.related.isEmpty {
            informed.formUnion(card.entries.map(site))
        }
        var first: [String: Int] = [:]
        var parts = NumberedParts()
        for (row, card) in cards.enumerated() {
            guard let card, card.entries.allSatisfy({ !informed.contains(site($0)) }) else { continue }
            let stem = TitleStem.stem(of: card.titles.first ?? card.id)
            if !stem.isEmpty { if let other = first[stem] { sets.join(row, other) } else { first[stem] = row } }
            for title in card.titles { parts.note(title, row) }
        }
        parts.join(&sets)
    }

    private static func site(_ entry: String) -> Substring { entry.prefix { $0 != ":" } }
}

/// Parts that one title numbers, "The Ferry Sings Season 2", and what bears it without the number.
private struct NumberedParts {
    private var whole: [[String]: Set<Int>] = [:]
    private var numbered: [[String]: Set<Int>] = [:]

    mutating func note(_ title: String, _ row: Int) {
        let (name, isNumbered) = TitleStem.unnumbered(title)
        // A word or two short ones are many a title's.
        guard name.count > 1, name.reduce(0, { $0 + $1.count }) >= 8 else { return }
        if isNumbered { numbered[name, default: []].insert(row) } else { whole[name, default: []].insert(row) }
    }

    /// Where only one anime is called so: other ones, as of a tale that was told twice, are strangers.
    func join(_ sets: inout DisjointSets) {
        for (name, parts) in numbered {
            guard let owners = whole[name], owners.count == 1, let owner = owners.first else { continue }
            for part in parts { sets.join(part, owner) }
        }
    }
}

/// When an anime came out among others.
private struct Release {
    static let mainTypes: Set<String> = ["TV", "Movie", "OVA", "ONA"]

    let row: Int32
    let isMain: Bool
    private var year: Int?
    private let site: Substring
    /// Sites number what they take in, so within a year the smaller number is the earlier mostly.
    private let number: Int?
    private let id: String

    init(_ row: Int32, _ card: AnimeCard) {
        self.row = row
        isMain = Self.mainTypes.contains(card.type ?? "")
        year = card.year
        let key = card.entries.first?.split(separator: ":") ?? []
        site = key.first ?? ""
        number = key.last.flatMap { Int($0) }
        id = card.id
    }

    /// In order of years and numbers. One of which no year is known came out with the one that its site took in before it, or else after it;
    /// last where there is none.
    static func sorted(_ releases: [Release]) -> [Release] {
        let dated = releases.filter { $0.year != nil && $0.number != nil }.sorted { $0.place < $1.place }
        let placed = releases.map { release -> Release in
            guard release.year == nil, release.number != nil else { return release }
            let neighbours = dated.filter { $0.site == release.site }
            var placed = release
            placed.year = (neighbours.last { $0.place < release.place } ?? neighbours.first)?.year
            return placed
        }
        return placed.sorted {
            ($0.year ?? .max, $0.place, $0.id) < ($1.year ?? .max, $1.place, $1.id)
        }
    }

    /// Among the site's numbers; after all of them where it has none.
    private var place: Int { number ?? .max }
}

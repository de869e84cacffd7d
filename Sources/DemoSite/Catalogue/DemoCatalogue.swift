/// A fictional anime catalogue with its members: the same for the same seed and size.
public struct DemoCatalogue: Sendable, Hashable {
    /// What the catalogue was composed from.
    public let seed: UInt64
    /// Entries, by id.
    public internal(set) var anime: [DemoAnime]
    /// Members, in the order in which they joined.
    public internal(set) var users: [DemoUser]
    /// Indices of `anime` in the order of the ranking: by score, then those without one.
    public internal(set) var ranking: [Int] = []
    var indexByID: [Int: Int] = [:]
    var userIndexByName: [String: Int] = [:]

    /// Composes a catalogue.
    ///
    /// - Parameters:
    ///   - seed: Any number.
    ///   - animeCount: Entries, at least 1.
    ///   - userCount: Members, at least 0.
    public init(seed: UInt64 = 1, animeCount: Int = 200, userCount: Int = 100) {
        self.seed = seed
        anime = Self.composeAnime(seed: seed, count: max(1, animeCount))
        StandingsComposer.apply(to: &anime, seed: seed)
        let composer = UserComposer(anime: anime, seed: seed)
        let names = UserComposer.names(max(0, userCount), seed: seed)
        users = names.indices.map { composer.compose(position: $0, names: names) }
        composeReviews()
        composeRecommendations()
        reindex()
    }

    /// The entry with this number.
    public func anime(id: Int) -> DemoAnime? { indexByID[id].map { anime[$0] } }

    /// The member with this name; large and small letters are the same.
    public func user(named name: String) -> DemoUser? { userIndexByName[name.lowercased()].map { users[$0] } }

    private static func composeAnime(seed: UInt64, count: Int) -> [DemoAnime] {
        let industry = FictionalIndustry(seed: seed)
        var titles = TitleComposer()
        var random = SplitMix64(seed: seed, stream: "franchises")
        var ids = identifiers(count, &random)[...]
        var entries: [DemoAnime] = []
        var number = 0
        while !ids.isEmpty {
            let size = min(ids.count, random.pick([1, 1, 1, 1, 2, 2, 3, 4, 6]))
            let theme = random.pick(Theme.all)
            let other = random.chance(0.3) ? random.pick(Theme.all) : theme
            var franchiseTitles = titles.compose(theme, &random)
            // One title that is a number: lists print it as a JSON number.
            if number == 1 { franchiseTitles.main = "4096" }
            var composer = FranchiseComposer(
                theme: theme, second: other.key == theme.key ? nil : other, titles: franchiseTitles, industry: industry,
                random: SplitMix64(seed: seed, stream: "franchise", index: number))
            entries += composer.compose(ids: Array(ids.prefix(size)))
            ids = ids.dropFirst(size)
            number += 1
        }
        addLooseRelations(&entries, &random)
        return entries.sorted { $0.id < $1.id }
    }

    /// Ascending with gaps, then shuffled but for the first, so that a franchise's ids lie apart and `/anime/1` exists.
    private static func identifiers(_ count: Int, _ random: inout SplitMix64) -> [Int] {
        var ids = [1]
        while ids.count < count { ids.append(ids[ids.count - 1] + random.int(in: 1...5)) }
        guard count > 2 else { return ids }
        for index in stride(from: count - 1, to: 1, by: -1) { ids.swapAt(index, random.int(in: 1...index)) }
        return ids
    }

    /// A few relations that do not make two entries one story.
    private static func addLooseRelations(_ entries: inout [DemoAnime], _ random: inout SplitMix64) {
        for _ in 0..<(entries.count / 25) {
            let left = random.below(entries.count)
            let right = random.below(entries.count)
            let isRelated = entries[left].relations.contains { $0.targetID == entries[right].id }
            guard left != right, !isRelated else { continue }
            let kind = random.pick(["Character", "Other"])
            entries[left].relate(to: entries[right], kind)
            entries[right].relate(to: entries[left], kind)
        }
    }

    private mutating func composeReviews() {
        let positions = Dictionary(uniqueKeysWithValues: anime.enumerated().map { ($1.id, $0) })
        var random = SplitMix64(seed: seed, stream: "reviews")
        var id = 500
        for user in users {
            let eagerness = random.unit() * 0.22
            for row in user.rows where row.status != .planToWatch {
                guard let index = positions[row.animeID] else { continue }
                let attraction = anime[index].popularity <= 3 ? 0.75 : eagerness
                guard random.chance(attraction) else { continue }
                id += random.int(in: 1...9)
                let composer = ReviewComposer(entry: anime[index], theme: Theme.named(anime[index].themeKey))
                anime[index].reviews.append(composer.compose(id: id, author: user, row: row, &random))
            }
        }
        for index in anime.indices {
            anime[index].reviews.sort { ($1.date, $1.id) < ($0.date, $0.id) }
        }
    }

    private mutating func composeRecommendations() {
        var random = SplitMix64(seed: seed, stream: "recommendations")
        let byTheme = Dictionary(grouping: anime.indices, by: { anime[$0].themeKey }).mapValues { indices in
            Array(indices.sorted { anime[$0].popularity < anime[$1].popularity }.prefix(40))
        }
        for index in anime.indices where random.chance(0.8) {
            let related = Set(anime[index].relations.map(\.targetID)).union([anime[index].id])
            let pool = (byTheme[anime[index].themeKey] ?? []).filter { !related.contains(anime[$0].id) }
            var votes = random.int(in: 20...180)
            anime[index].recommendations = random.pick(random.int(in: 1...6), of: pool).map { target in
                votes = max(1, votes * random.int(in: 40...95) / 100)
                return DemoRecommendation(animeID: anime[target].id, votes: votes)
            }
        }
    }

    mutating func reindex() {
        indexByID = Dictionary(uniqueKeysWithValues: anime.enumerated().map { ($1.id, $0) })
        userIndexByName = Dictionary(
            users.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        ranking = anime.indices.sorted {
            (anime[$0].ranked ?? .max, anime[$0].popularity) < (anime[$1].ranked ?? .max, anime[$1].popularity)
        }
    }
}

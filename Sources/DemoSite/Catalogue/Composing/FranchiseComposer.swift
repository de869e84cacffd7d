/// Composes one story with its seasons, films, specials and the printed original, and how they relate.
struct FranchiseComposer {
    /// What an entry is to its franchise.
    enum Role { case main, season(Int), film, special, ova, summary }

    let theme: Theme
    let second: Theme?
    let titles: TitleComposer.Titles
    let industry: FictionalIndustry
    var random: SplitMix64
    private var entries: [DemoAnime] = []
    private var seasons: [Int] = []
    private let mangaTitle: String?
    private let hero: InventedPerson
    private let producers: [String]
    private let studio: String
    private let quality: Double
    private let fame: Double

    init(
        theme: Theme, second: Theme?, titles: TitleComposer.Titles, industry: FictionalIndustry,
        random seeded: SplitMix64
    ) {
        var random = seeded
        self.theme = theme
        self.second = second
        self.titles = titles
        self.industry = industry
        mangaTitle = random.chance(0.55) ? titles.main : nil
        hero = InventedPerson.forge(&random)
        producers = random.pick(random.below(4), of: industry.producers)
        studio = random.pick(industry.studios)
        quality = random.bell() * 0.9
        let draw = random.unit()
        fame = draw * draw * draw
        self.random = random
    }

    /// The franchise's entries, as many as there are ids.
    mutating func compose(ids: [Int]) -> [DemoAnime] {
        for (position, id) in ids.enumerated() { append(id: id, role: role(at: position, of: ids.count)) }
        return entries
    }

    private mutating func role(at position: Int, of count: Int) -> Role {
        if position == 0 { return .main }
        switch random.below(10) {
        case 0..<5: return .season(seasons.count + 1)
        case 5, 6: return .film
        case 7: return .special
        case 8: return .ova
        default: return .summary
        }
    }

    private mutating func append(id: Int, role: Role) {
        var entry = EntryComposer(franchise: self, role: role, previous: entries.last).compose(id: id, &random)
        entry.quality = quality + random.bell() * 0.3 - 0.08 * Double(entries.count)
        entry.members = 40 + Int(fame * 1_400_000 / Double(entries.count + 1)) + random.below(400)
        if let mangaTitle, case .main = role {
            entry.relations.append(
                DemoRelation(
                    kind: "Adaptation", isManga: true, targetID: id + 100_000, targetTitle: mangaTitle,
                    targetType: "Manga"))
        }
        entries.append(entry)
        relate(entries.count - 1, role)
    }

    private mutating func relate(_ index: Int, _ role: Role) {
        switch role {
        case .main: seasons.append(index)
        case .season:
            link(seasons[seasons.count - 1], index, "Sequel", "Prequel")
            seasons.append(index)
        case .film where random.chance(0.3): link(seasons[seasons.count - 1], index, "Sequel", "Prequel")
        case .film, .special, .ova: link(seasons[random.below(seasons.count)], index, "Side Story", "Parent Story")
        case .summary: link(seasons[0], index, "Summary", "Full Story")
        }
    }

    private mutating func link(_ from: Int, _ to: Int, _ kind: String, _ inverse: String) {
        entries[from].relate(to: entries[to], kind)
        entries[to].relate(to: entries[from], inverse)
    }

    var franchiseHero: InventedPerson { hero }
    var franchiseProducers: [String] { producers }
    var franchiseStudio: String { studio }
    var isAdapted: Bool { mangaTitle != nil }
}

extension DemoAnime {
    mutating func relate(to other: DemoAnime, _ kind: String) {
        relations.append(
            DemoRelation(
                kind: kind, isManga: false, targetID: other.id, targetTitle: other.title,
                targetType: other.type.rawValue))
    }
}

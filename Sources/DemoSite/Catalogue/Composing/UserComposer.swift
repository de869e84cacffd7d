/// Composes members whose lists follow their tastes, so that there is something to learn from them.
struct UserComposer {
    private let anime: [DemoAnime]
    private let seed: UInt64
    private let everything: WeightedDraw
    private let byTheme: [String: WeightedDraw]
    private let indexByID: [Int: Int]
    private let themeKeys: [String]

    init(anime: [DemoAnime], seed: UInt64) {
        self.anime = anime
        self.seed = seed
        everything = WeightedDraw(Array(anime.indices), anime)
        byTheme = Dictionary(grouping: anime.indices, by: { anime[$0].themeKey }).mapValues { WeightedDraw($0, anime) }
        indexByID = Dictionary(uniqueKeysWithValues: anime.enumerated().map { ($1.id, $0) })
        themeKeys = byTheme.keys.sorted()
    }

    /// Member number `position` of `names`; the first four are special: a very long list, a private one, an empty one, and one
    /// without any score.
    func compose(position: Int, names: [String]) -> DemoUser {
        var random = SplitMix64(seed: seed, stream: "user", index: position)
        var user = DemoUser(
            id: 1000 + position * 3, name: names[position],
            isPrivate: position == 1 || (position > 3 && random.chance(0.07)),
            joined: CivilDate(
                year: random.int(in: 2006...2024), month: random.int(in: 1...12), day: random.int(in: 1...28)),
            tastes: random.pick(random.int(in: 1...3), of: themeKeys),
            friends: random.pick(random.int(in: 1...6), of: names),
            rows: [])
        user.friends.removeAll { $0 == user.name }
        user.rows = rows(position, user, &random)
        return user
    }

    private func rows(_ position: Int, _ user: DemoUser, _ random: inout SplitMix64) -> [DemoListRow] {
        let activity = random.unit()
        var size = min(anime.count * 3 / 5, 8 + Int(activity * activity * 220))
        if position == 0 { size = min(anime.count * 9 / 10, 750) }
        if position == 2 { size = 0 }
        let bias = random.bell() * 0.7
        var chosen = choose(size, user.tastes, &random).map { row(anime[$0], user, bias, &random) }
        if position == 3 { for index in chosen.indices { chosen[index].score = 0 } }
        chosen.sort { ($0.status.rawValue, $0.animeID) < ($1.status.rawValue, $1.animeID) }
        return chosen
    }

    private func choose(_ size: Int, _ tastes: [String], _ random: inout SplitMix64) -> [Int] {
        var chosen: [Int] = []
        var seen: Set<Int> = []
        var attempts = 0
        while chosen.count < size, attempts < size * 20 {
            attempts += 1
            let draw = random.chance(0.7) ? byTheme[random.pick(tastes)] ?? everything : everything
            let index = draw.draw(&random)
            if seen.insert(index).inserted { chosen.append(index) }
            for relation in anime[index].relations where relation.kind == "Sequel" && chosen.count < size {
                guard random.chance(0.5), let next = indexByID[relation.targetID] else { continue }
                if seen.insert(next).inserted { chosen.append(next) }
            }
        }
        return chosen
    }

    private func row(_ entry: DemoAnime, _ user: DemoUser, _ bias: Double, _ random: inout SplitMix64) -> DemoListRow {
        let status = status(of: entry, &random)
        let episodes = entry.episodes ?? 12
        let likes = user.tastes.contains(entry.themeKey) ? 1.3 : -0.9
        let opinion = 6.4 + entry.quality * 0.9 + likes + bias + random.bell() * 0.7 - (status == .dropped ? 2 : 0)
        let isScored = status != .planToWatch && random.chance(status == .completed ? 0.88 : 0.4)
        let started = user.joined.adding(
            days: random.below(max(1, CivilDate.today.dayNumber - user.joined.dayNumber - 60)))
        let finished = started.adding(days: random.int(in: 0...50))
        return DemoListRow(
            animeID: entry.id, status: status, score: isScored ? min(10, max(1, Int(opinion.rounded()))) : 0,
            watchedEpisodes: status == .completed ? episodes : status == .planToWatch ? 0 : random.below(episodes),
            isRewatching: status == .completed && random.chance(0.02),
            tags: random.chance(0.1)
                ? random.pick(["rainy day", "2024", "with \"popcorn\"", "good & short", "<3"]) : "",
            started: status != .planToWatch && random.chance(0.5) ? started : nil,
            finished: status == .completed && random.chance(0.5) ? finished : nil,
            updatedAt: finished.dayNumber * 86_400 + random.below(86_400))
    }

    private func status(of entry: DemoAnime, _ random: inout SplitMix64) -> DemoListRow.Status {
        switch entry.status {
        case .upcoming: return .planToWatch
        case .airing: return random.chance(0.7) ? .watching : .planToWatch
        case .finished: break
        }
        switch random.below(100) {
        case 0..<74: return .completed
        case 74..<78: return .watching
        case 78..<82: return .onHold
        case 82..<89: return .dropped
        default: return .planToWatch
        }
    }

    /// `count` different names.
    static func names(_ count: Int, seed: UInt64) -> [String] {
        var random = SplitMix64(seed: seed, stream: "names")
        var names: [String] = []
        var seen: Set<String> = []
        while names.count < count {
            var name = InventedName.forge(&random).latin
            switch random.below(4) {
            case 0: name += "\(random.int(in: 1...99))"
            case 1: name += "_\(InventedName.forge(&random, syllables: 1...1).latin)"
            case 2: name = name.lowercased() + "-\(random.int(in: 1...9))"
            default: break
            }
            if seen.insert(name.lowercased()).inserted { names.append(name) }
        }
        return names
    }
}

/// Draws entries in proportion to the root of their members.
private struct WeightedDraw {
    private let indices: [Int]
    private let sums: [Double]

    init(_ indices: [Int], _ anime: [DemoAnime]) {
        self.indices = indices
        var sum = 0.0
        sums = indices.map { index in
            sum += Double(anime[index].members).squareRoot()
            return sum
        }
    }

    func draw(_ random: inout SplitMix64) -> Int {
        guard let total = sums.last else { return 0 }
        let target = random.unit() * total
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] <= target { low = middle + 1 } else { high = middle }
        }
        return indices[low]
    }
}

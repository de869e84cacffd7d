/// Composes what one entry's page says, apart from standings, reviews and recommendations.
struct EntryComposer {
    let franchise: FranchiseComposer
    let role: FranchiseComposer.Role
    let previous: DemoAnime?

    func compose(id: Int, _ random: inout SplitMix64) -> DemoAnime {
        var entry = DemoAnime(id: id, title: title(&random))
        entry.themeKey = franchise.theme.key
        addTitles(&entry)
        addMedium(&entry, &random)
        addAiring(&entry, &random)
        addPeople(&entry, &random)
        addKinds(&entry, &random)
        addSynopsis(&entry, &random)
        addSongs(&entry, &random)
        return entry
    }

    private func title(_ random: inout SplitMix64) -> String {
        let base = franchise.titles.main
        switch role {
        case .main: return base
        case .season(2): return "\(base) 2nd Season"
        case .season(let number): return "\(base) Season \(number)"
        case .film: return "\(base) Movie: \(InventedName.forge(&random).latin)"
        case .special: return "\(base): \(InventedName.forge(&random).latin) Specials"
        case .ova: return "\(base) OVA (\(InventedName.forge(&random).latin))"
        case .summary: return "\(base): Recap \(InventedName.forge(&random).latin)"
        }
    }

    private func addTitles(_ entry: inout DemoAnime) {
        let suffix = entry.title.dropFirst(franchise.titles.main.count)
        entry.titleEnglish = franchise.titles.english.map { $0 + suffix }
        entry.titleJapanese = franchise.titles.japanese.map { $0 + suffix }
        if case .main = role { entry.synonyms = franchise.titles.synonyms }
    }

    private func addMedium(_ entry: inout DemoAnime, _ random: inout SplitMix64) {
        switch role {
        case .main:
            entry.type = random.chance(0.72) ? .tv : random.pick([.movie, .ona, .ova, .special])
        case .season: entry.type = random.chance(0.9) ? .tv : .ona
        case .film, .summary: entry.type = .movie
        case .special: entry.type = .special
        case .ova: entry.type = .ova
        }
        switch entry.type {
        case .tv: entry.episodes = random.pick([12, 12, 13, 24, 25, 26, 50])
        case .movie: entry.episodes = 1
        case .ova, .ona, .special: entry.episodes = random.int(in: 1...8)
        }
        entry.duration =
            entry.type == .movie
            ? "1 hr. \(random.int(in: 10...59)) min."
            : random.chance(0.05) ? "45 sec. per ep." : "\(random.int(in: 22...25)) min. per ep."
    }

    private func addAiring(_ entry: inout DemoAnime, _ random: inout SplitMix64) {
        let first =
            previous?.aired.from?.adding(days: random.int(in: 120...700))
            ?? CivilDate(year: random.int(in: 1985...2025), month: random.int(in: 1...12), day: random.int(in: 1...28))
        guard first <= CivilDate.today else {
            entry.status = .upcoming
            entry.aired = random.chance(0.5) ? AiredSpan(from: first, precision: .year) : AiredSpan(from: nil)
            entry.episodes = random.chance(0.5) ? nil : entry.episodes
            return
        }
        let precision: AiredSpan.Precision = random.chance(0.9) ? .day : random.chance(0.5) ? .month : .year
        let weeks = (entry.episodes ?? 1) - 1
        let last = weeks == 0 ? nil : first.adding(days: weeks * 7)
        if let last, last > CivilDate.today {
            entry.status = .airing
            entry.aired = AiredSpan(from: first, isOpen: true, precision: precision)
            if random.chance(0.3) { entry.episodes = nil }
        } else {
            entry.aired = AiredSpan(from: first, to: last, precision: precision)
        }
        guard entry.type == .tv else { return }
        let season = ["Winter", "Spring", "Summer", "Fall"][(first.parts.month - 1) / 3]
        entry.premiered = "\(season) \(first.parts.year)"
        let time = "\(twoDigits(random.int(in: 0...23))):\(random.pick(["00", "30", "55"]))"
        entry.broadcast = random.chance(0.15) ? "Unknown" : "\(CivilDate.weekdayNames[first.weekday]) at \(time) (JST)"
    }

    private func addPeople(_ entry: inout DemoAnime, _ random: inout SplitMix64) {
        entry.producers = franchise.franchiseProducers
        entry.studios = random.chance(0.95) ? [franchise.franchiseStudio] : []
        entry.licensors = random.chance(0.5) ? random.pick(1, of: franchise.industry.licensors) : []
        entry.source =
            franchise.isAdapted ? "Manga" : random.pick(["Original", "Light novel", "Visual novel", "Game", "Unknown"])
        entry.characters =
            [franchise.franchiseHero.sortName]
            + (0..<random.int(in: 0...5)).map { _ in
                InventedPerson.forge(&random).sortName
            }
        entry.favorites = 0
    }

    private func addKinds(_ entry: inout DemoAnime, _ random: inout SplitMix64) {
        entry.genres = franchise.theme.genres
        if let second = franchise.second, let genre = second.genres.first, !entry.genres.contains(genre) {
            entry.genres.append(genre)
        }
        entry.themes = franchise.theme.themes
        if random.chance(0.45) { entry.demographics = [random.pick(["Shounen", "Shoujo", "Seinen", "Josei", "Kids"])] }
        entry.rating = random.pick([
            "G - All Ages", "PG - Children", "PG-13 - Teens 13 or older", "PG-13 - Teens 13 or older",
            "PG-13 - Teens 13 or older", "R - 17+ (violence & profanity)", "R+ - Mild Nudity", "None",
        ])
    }

    private func addSynopsis(_ entry: inout DemoAnime, _ random: inout SplitMix64) {
        let composer = SynopsisComposer(
            theme: franchise.theme, second: franchise.second, hero: franchise.franchiseHero,
            publisher: franchise.franchiseProducers.first ?? "\(InventedName.forge(&random).latin) Books")
        let isMinor = entry.type == .special || entry.type == .ova
        switch random.unit() {
        case ..<0.05: return
        case ..<(isMinor ? 0.4 : 0.13): entry.synopsis = composer.short(&random)
        default:
            entry.synopsis = composer.long(&random)
            entry.attribution = composer.attribution(&random)
        }
        if random.chance(0.25) {
            entry.background =
                "\(entry.title) was drawn on \(random.int(in: 2...90)) thousand sheets at \(franchise.franchiseStudio)."
        }
    }

    private func addSongs(_ entry: inout DemoAnime, _ random: inout SplitMix64) {
        let most = entry.type == .tv ? 3 : 1
        entry.openings = songs(random.below(most + 1), entry.episodes, &random)
        entry.endings = songs(random.below(most + 1), entry.episodes, &random)
    }

    private func songs(_ count: Int, _ episodes: Int?, _ random: inout SplitMix64) -> [DemoSong] {
        (0..<count).map { index in
            let word = random.pick(franchise.theme.titleWords)
            let name = InventedName.forge(&random)
            let title =
                random.chance(0.3)
                ? "\(name.latin) (\(name.kana))"
                : "\(random.pick(["Hello", "My", "Goodbye"])) \(word.english) \(name.latin)"
            let artist = random.pick(franchise.industry.artists).replacingStar(with: name.latin)
            let share = (episodes ?? 12) / max(count, 1)
            let range = count > 1 && share > 0 ? "eps \(index * share + 1)-\((index + 1) * share)" : nil
            return DemoSong(title: title, artist: random.chance(0.95) ? artist : nil, episodes: range)
        }
    }
}

/// Invents titles; never the same one twice.
struct TitleComposer: Sendable {
    struct Titles: Sendable {
        var main: String
        var english: String?
        var japanese: String?
        var synonyms: [String]
    }

    private var taken: Set<String> = []

    /// Titles for a new franchise.
    mutating func compose(_ theme: Theme, _ random: inout SplitMix64) -> Titles {
        var titles = Self.draft(theme, &random)
        while !taken.insert(titles.main).inserted { titles = Self.draft(theme, &random) }
        return titles
    }

    private static func draft(_ theme: Theme, _ random: inout SplitMix64) -> Titles {
        let name = InventedName.forge(&random)
        let other = InventedName.forge(&random)
        let word = random.pick(theme.titleWords)
        let japanese = "\(name.kana)の\(word.kana)"
        let main: String
        switch random.below(8) {
        case 0: main = "\(name.latin) no \(other.latin)"
        case 1: main = "\(word.english) of \(name.latin)"
        case 2: main = "\(name.latin) & \(other.latin)"
        case 3: main = "\(name.latin): \(word.english) \"\(other.latin)\""
        case 4: main = "\(name.latin)'s \(word.english)!"
        case 5: main = "\(name.latin)/\(word.english)"
        default: main = "\(name.latin) \(word.english)"
        }
        return Titles(
            main: main,
            english: random.chance(0.7) ? "The \(word.english) of \(name.latin)" : nil,
            japanese: random.chance(0.93) ? japanese : nil,
            synonyms: random.chance(0.6)
                ? random.pick(random.int(in: 1...3), of: synonyms(name, other, word.english)) : [])
    }

    private static func synonyms(_ name: InventedName, _ other: InventedName, _ word: String) -> [String] {
        [
            "\(name.latin.prefix(4))\(other.latin.prefix(3).lowercased())", "\(word) <\(name.latin)>",
            "\(name.latin) \(word)s",
        ]
    }
}

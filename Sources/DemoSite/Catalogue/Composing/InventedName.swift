/// A word made of syllables, in Latin letters and in katakana. It means nothing and names nobody.
struct InventedName: Sendable, Hashable {
    let latin: String
    let kana: String

    /// A new name; its last syllable is one that hardly any real name ends in.
    static func forge(_ random: inout SplitMix64, syllables count: ClosedRange<Int> = 2...3) -> InventedName {
        var latin = ""
        var kana = ""
        for _ in 0..<random.int(in: count) {
            let syllable = random.pick(syllables)
            latin += syllable.0
            kana += syllable.1
        }
        let ending = random.pick(endings)
        return InventedName(latin: capitalised(latin + ending.0), kana: kana + ending.1)
    }

    static func capitalised(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

    private static let syllables = [
        ("ka", "カ"), ("ki", "キ"), ("ku", "ク"), ("ke", "ケ"), ("ko", "コ"), ("ga", "ガ"), ("gi", "ギ"), ("go", "ゴ"),
        ("sa", "サ"), ("su", "ス"), ("se", "セ"), ("so", "ソ"), ("za", "ザ"), ("ta", "タ"), ("te", "テ"), ("to", "ト"),
        ("da", "ダ"), ("do", "ド"), ("na", "ナ"), ("ni", "ニ"), ("ne", "ネ"), ("no", "ノ"), ("ha", "ハ"), ("hi", "ヒ"),
        ("fu", "フ"), ("ba", "バ"), ("bo", "ボ"), ("pa", "パ"), ("po", "ポ"), ("ma", "マ"), ("mi", "ミ"), ("mu", "ム"),
        ("me", "メ"), ("mo", "モ"), ("ya", "ヤ"), ("yu", "ユ"), ("ra", "ラ"), ("ri", "リ"), ("re", "レ"), ("ro", "ロ"),
    ]

    private static let endings = [
        ("vo", "ヴォ"), ("va", "ヴァ"), ("vi", "ヴィ"), ("pyo", "ピョ"), ("zu", "ズ"), ("nyu", "ニュ"), ("byo", "ビョ"),
        ("lu", "ル"), ("fyo", "フョ"), ("zo", "ゾ"),
    ]
}

/// An invented person.
struct InventedPerson: Sendable, Hashable {
    let given: String
    let family: String

    static func forge(_ random: inout SplitMix64) -> InventedPerson {
        InventedPerson(
            given: InventedName.forge(&random, syllables: 1...2).latin,
            family: InventedName.forge(&random, syllables: 2...3).latin)
    }

    var fullName: String { "\(given) \(family)" }
    /// "Family, Given", as character lists print it.
    var sortName: String { "\(family), \(given)" }
}

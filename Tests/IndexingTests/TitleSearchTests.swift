import Testing

@testable import Indexing

@Suite
struct TitleSearchTests {
    private let search = TitleSearch([
        (["Star Ferry", "Hoshi no Watashibune"], 500),  // 0
        (["Star Ferry: The Return"], 900),  // 1
        (["Tower of Rain"], 300),  // 2
        (["Ferry Tale"], 50),  // 3
        (["Pokémon Café", "ポケモン"], 10),  // 4
        ([], 1_000),  // 5: removed
        (["Starlight Express"], 700),  // 6
    ])

    @Test("every word typed begins a word of a title; whole titles first, then the best known")
    func prefixes() {
        #expect(search.rows(for: "star ferry", limit: 10) == [0, 1])
        #expect(search.rows(for: "sta", limit: 10) == [1, 6, 0])
        #expect(search.rows(for: "rain tow", limit: 10) == [2])
        #expect(search.rows(for: "ferry", limit: 10) == [3, 1, 0])
        #expect(search.rows(for: "HOSHI", limit: 10) == [0])
    }

    @Test("a slip of the hand is forgiven in longer words only, and an exact word wins over it")
    func slips() {
        #expect(search.rows(for: "stra ferry", limit: 10) == [0, 1])
        #expect(search.rows(for: "starlihgt", limit: 10) == [6])
        #expect(search.rows(for: "towr", limit: 10) == [2])
        #expect(search.rows(for: "sra", limit: 10) == [])
        #expect(search.rows(for: "stalrihgtx", limit: 10) == [])
        #expect(search.rows(for: "ferri tale", limit: 10) == [3])
    }

    @Test("a title means who is called so rather than who begins so, and by the first title rather than by another")
    func meant() {
        #expect(search.rows(meant: "STAR  ferry!") == ([0], true))
        #expect(search.rows(meant: "star ferry the return") == ([1], true))
        #expect(search.rows(meant: "hoshi-no watashibune") == ([0], true))
        #expect(search.rows(meant: "star ferri") == ([0], false))
        #expect(search.rows(meant: "star") == ([1, 6, 0], false))
        #expect(search.rows(meant: "nothing like it") == ([], false))
        let named = TitleSearch([(["Far Dog", "Dog"], 9), (["Dog"], 1), (["Dog II", "Dog"], 5)])
        #expect(named.rows(meant: "dog") == ([1], true))
        #expect(TitleSearch([(["A", "Dog"], 1), (["B", "Dog"], 2)]).rows(meant: "dog") == ([1, 0], true))
    }

    @Test("accents, case and scripts do not matter")
    func scripts() {
        #expect(search.rows(for: "pokemon cafe", limit: 10) == [4])
        #expect(search.rows(for: "ポケ", limit: 10) == [4])
    }

    @Test(
        "nothing, signs and far too much find nothing",
        arguments: ["", "  ", "!?", String(repeating: "z ", count: 9_999)])
    func nothing(text: String) {
        #expect(search.rows(for: text, limit: 10) == [])
        #expect(search.rows(for: "star", limit: 0) == [])
    }

    @Test("the number of slips is that of the plain definition, on random words")
    func definition() {
        var generator = SystemRandomNumberGenerator()
        func word(_ length: Int) -> String {
            String((0..<length).map { _ in "abc".randomElement(using: &generator) ?? "a" })
        }
        for _ in 0..<400 {
            let (typed, title) = (word(Int.random(in: 1...9)), word(Int.random(in: 1...9)))
            guard let one = SearchWord.words(of: typed).first, let other = SearchWord.words(of: title).first else {
                continue
            }
            let least = (0...title.count).map { Self.distance(Array(typed), Array(title.prefix($0))) }.min() ?? 99
            #expect(one.slips(beginning: other) == (least <= one.mostSlips ? least : nil), "\(typed) \(title)")
        }
    }

    /// Optimal string alignment, by its recursion.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count {
            for j in 0...b.count {
                if i == 0 || j == 0 {
                    table[i][j] = i + j
                    continue
                }
                var cost = min(
                    table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    cost = min(cost, table[i - 2][j - 2] + 1)
                }
                table[i][j] = cost
            }
        }
        return table[a.count][b.count]
    }
}

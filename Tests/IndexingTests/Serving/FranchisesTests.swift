import Testing

@testable import Indexing

@Suite("Franchises")
struct FranchisesTests {
    /// Rows 0–3 are the series Ferry as a data set without relations has it, in no order.
    private static let titled = Franchises([
        Cards.card("Ferry 3rd Season", 30, year: 2012), Cards.card("Ferry: Prologue", 5, type: "Special", year: 2007),
        Cards.card("Ferry", 10, year: 2008), Cards.card("Ferry 2", 20, year: 2012), Cards.card("Tower", 1), nil,
    ])

    @Test("without any relation, titles make series, in order of their years and numbers")
    func titles() throws {
        let series = try #require(Self.titled.series(of: 0))
        #expect(Self.titled.rows(of: series) == [1, 2, 3, 0])
        #expect(Self.titled.series(of: 4) != series)
        #expect(Self.titled.series(of: 5) == nil)
        #expect(Self.titled.series(of: 6) == nil)
    }

    @Test("a series begins with its first work, not with a special before it")
    func beginning() {
        #expect((0..<6).filter { Self.titled.isBeginning($0) } == [2, 4])
    }

    @Test("one without a year is placed by the numbers of its site")
    func unknownYears() {
        func beginning(_ cards: [AnimeCard?]) -> [Int32] {
            let franchises = Franchises(cards)
            return (0..<Int32(cards.count)).filter(franchises.isBeginning)
        }
        #expect(beginning([Cards.card("Ferry: Storm", 1_735, year: 2007), Cards.card("Ferry", 20)]) == [1])
        #expect(beginning([Cards.card("Ferry 2", 30), Cards.card("Ferry", 20, year: 2002)]) == [1])
        #expect(
            beginning([
                Cards.card("Ferry", 9, year: 1999), Cards.card("Ferry 2", 20), Cards.card("Ferry 3", 30, year: 1998),
            ]) == [2])
        // A key without a number says nothing either.
        #expect(
            beginning([
                Cards.card("A Ferry 2", 0, related: [1], key: "a-ferry-2"), Cards.card("Ferry", 1, year: 1999),
            ]) == [1])
        // Numbers of another site say nothing of it.
        #expect(beginning([Cards.card("Ferry", 20, site: "other"), Cards.card("Ferry 2", 30, year: 2002)]) == [1])
    }

    @Test("a season that only another title numbers belongs to its series")
    func otherTitles() {
        let franchises = Franchises([
            Cards.card("Watashibune wa Utau", 1, titles: ["The Ferry Sings"]),
            Cards.card("Watashibune wa Utau Double", 2, titles: ["The Ferry Sings Season 2"]),
            Cards.card("Rain", 3, titles: ["Ame"]), Cards.card("Snow", 4, titles: ["Ame 2"]),
            Cards.card("Ferry Racer 2nd Stage", 5), Cards.card("Ferry Racer", 6),
            // A tale that was told twice, and a title that says nothing.
            Cards.card("Ningyo", 7, titles: ["The Little Mermaid"]),
            Cards.card("Umi", 8, titles: ["The Little Mermaid", "TV Animation 2nd Season"]),
            Cards.card("Sora", 9, titles: ["TV Animation 2nd Season", "The Little Mermaid 2"]),
        ])
        #expect(Set((6..<9).map { franchises.series(of: $0) }).count == 3)
        #expect(franchises.series(of: 0) == franchises.series(of: 1))
        #expect(franchises.series(of: 2) != franchises.series(of: 3))
        #expect(franchises.series(of: 4) == franchises.series(of: 5))
    }

    @Test("what comes next is the first work not watched, and specials when there is no other")
    func next() throws {
        let series = try #require(Self.titled.series(of: 0))
        #expect(Self.titled.first(of: series) { ![2].contains($0) } == 3)
        #expect(Self.titled.first(of: series) { ![0].contains($0) } == 2)
        #expect(Self.titled.first(of: series) { ![0, 2, 3].contains($0) } == 1)
        #expect(Self.titled.first(of: series) { _ in false } == nil)
    }

    @Test("stated relations make series, whoever states them, and titles do not where a site states relations")
    func relations() {
        let franchises = Franchises([
            Cards.card("Ferry", 1, related: [2]), Cards.card("Harbour", 2), Cards.card("Lights", 3, related: [2]),
            Cards.card("Ferry 2", 4), Cards.card("Gone", 5, related: [99]),
        ])
        #expect(franchises.series(of: 0) == franchises.series(of: 2))
        #expect(franchises.series(of: 0) == franchises.series(of: 1))
        #expect(franchises.series(of: 0) != franchises.series(of: 3))
        #expect(franchises.series(of: 4) != nil)
    }

    @Test("a site that states no relations is read by titles beside one that does")
    func twoSites() {
        let franchises = Franchises([
            Cards.card("Ferry", 1, more: [2]), Cards.card("Ferry II", 9),
            Cards.card("Tower", 1, site: "other"), Cards.card("Tower II", 2, site: "other"),
        ])
        #expect(franchises.series(of: 0) != franchises.series(of: 1))
        #expect(franchises.series(of: 2) == franchises.series(of: 3))
    }
}

@Suite("SeriesChoice")
struct SeriesChoiceTests {
    /// Ferry (0, 1, 2), Tower (3, 4), Rain (5).
    private static let franchises = Franchises([
        Cards.card("Ferry", 1, year: 2001), Cards.card("Ferry 2", 2, year: 2002), Cards.card("Ferry 3", 3, year: 2003),
        Cards.card("Tower", 4, year: 2001), Cards.card("Tower 2", 5, year: 2002), Cards.card("Rain", 6),
    ])

    private static func allowed(_ mode: SeriesMode, _ list: [Int32: Watched]) -> [Int32] {
        var watched = WatchedRows(count: 6)
        for (row, mark) in list { watched.note(row, mark) }
        let choice = SeriesChoice(mode, franchises, list: watched)
        return (0..<6).filter(choice.allows)
    }

    @Test("no sequel comes before its beginning, and of what was begun comes the next part")
    func next() {
        #expect(Self.allowed(.next, [:]) == [0, 3, 5])
        #expect(Self.allowed(.next, [0: .seen]) == [1, 3, 5])
        #expect(Self.allowed(.next, [0: .seen, 2: .seen, 5: .seen]) == [1, 3])
    }

    @Test("of a series that was given up nothing comes, unless something of it was liked")
    func givenUp() {
        #expect(Self.allowed(.next, [0: .givenUp]) == [3, 5])
        #expect(Self.allowed(.next, [0: .seen, 1: .givenUp]) == [2, 3, 5])
    }

    @Test("planning is not beginning")
    func planned() { #expect(Self.allowed(.next, [3: .planned]) == [0, 3, 5]) }

    @Test("excluded are all series that the person knows")
    func exclude() { #expect(Self.allowed(.exclude, [0: .seen, 4: .givenUp]) == [5]) }

    @Test("all is all")
    func all() { #expect(Self.allowed(.all, [0: .seen, 3: .givenUp]) == Array(0..<6)) }
}

import Testing

@testable import Recommender

@Suite("ContentLikeness")
struct ContentLikenessTests {
    private func sums(_ items: [ItemDescription], of item: Int) -> (direct: [Float], lending: [Float]) {
        let sums = LikenessSums(itemCount: items.count)
        ContentLikeness(items, DescriptionMatrices(items)).accumulate(item, into: sums)
        let values = sums.values.prefix(items.count)
        return (values.map { $0[0] }, values.map { $0[1] })
    }

    @Test("a title that continues another begins with all of it; one that shares its first word only, with part of it")
    func leadingWords() {
        let leads = LeadingWords([
            ItemDescription(titles: ["Iron Comet"]), ItemDescription(titles: ["Iron Comet: Second Orbit"]),
            ItemDescription(titles: ["Iron Garden"]), ItemDescription(titles: ["Comet Iron"]), ItemDescription(),
        ])
        var values: [Int: Float] = [:]
        leads.forEach(like: 0) { values[$0] = $1 }
        #expect(values.keys.sorted() == [1, 2])
        #expect(values[1] == 1)
        #expect((values[2] ?? 1) < 0.5)
    }

    @Test("years agree the less the further apart they are, and unknown or absurd ones not at all")
    func years() {
        let years: [Int?] = [2000, 2000, 2002, 2010, nil, .min, .max]
        let direct = sums(years.map { ItemDescription(year: $0) }, of: 0).direct
        #expect(direct[0] == 0, "an item does not speak for itself")
        #expect(direct[1] > direct[2] && direct[2] > direct[3] && direct[3] > 0)
        #expect(direct[4] == 0 && direct[5] == 0 && direct[6] == 0)
    }

    @Test("every kind of knowledge counts, and counts the same from both sides")
    func kinds() {
        let other = ItemDescription(titles: ["Tea"], studios: ["x"], type: "OVA", source: "Game", genres: ["Drama"])
        for change in [
            \ItemDescription.titles as WritableKeyPath<ItemDescription, [String]>, \.studios, \.genres, \.themes,
            \.demographics,
        ] {
            var item = ItemDescription()
            item[keyPath: change] = ["Iron Comet"]
            let items = [item, item, other, other, other]
            #expect(sums(items, of: 0).direct[1] > 0, "\(change)")
            #expect(sums(items, of: 0).direct[1] == sums(items, of: 1).direct[0])
            #expect(sums(items, of: 0).lending[1] > sums(items, of: 0).lending[2])
        }
        let sources = [ItemDescription(source: "Manga"), ItemDescription(source: "Manga"), other]
        #expect(sums(sources, of: 0).direct == [0, sums(sources, of: 1).direct[0], 0])
        #expect(sums(sources, of: 0).direct[1] > 0)
    }
}

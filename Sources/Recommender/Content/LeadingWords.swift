import Glibc

/// How far the main titles of two items begin with the same words: series do, and little else does.
///
/// The rarity of the words that both begin with, as a part of the rarity of all words of the shorter title, squared: 1 when one title
/// continues the other. A word's rarity is `ln(items / items with the word) + 0.1`.
struct LeadingWords: Sendable {
    /// The words of each main title, as numbers.
    private let titles: [[Int32]]
    /// The rarity of a word.
    private let rarity: [Float]
    /// The rarity of all words of a title together.
    private let totals: [Float]
    /// First word → the items whose title begins with it, ascending.
    private let beginners: [[Int32]]

    init(_ items: [ItemDescription]) {
        var numbers: [String: Int32] = [:]
        titles = items.map { item in
            item.mainWords.map { word in
                let number = numbers[word] ?? Int32(numbers.count)
                numbers[word] = number
                return number
            }
        }
        var documents = Array(repeating: 0, count: numbers.count)
        var beginners = Array(repeating: [Int32](), count: numbers.count)
        for (item, title) in titles.enumerated() {
            for word in Set(title) { documents[Int(word)] += 1 }
            if let first = title.first { beginners[Int(first)].append(Int32(item)) }
        }
        let rarity = documents.map { Float(log(Double(items.count) / Double($0)) + 0.1) }
        self.rarity = rarity
        self.beginners = beginners
        totals = titles.map { $0.reduce(0) { $0 + rarity[Int($1)] } }
    }

    /// Calls `body` with every item whose title begins with the first word of this one's, and how far they agree, 0 to 1.
    func forEach(like item: Int, _ body: (_ other: Int, _ value: Float) -> Void) {
        let title = titles[item]
        guard let first = title.first else { return }
        for other in beginners[Int(first)] where Int(other) != item {
            let shared = zip(title, titles[Int(other)]).prefix { $0 == $1 }.reduce(0) { $0 + rarity[Int($1.0)] }
            let part = shared / min(totals[item], totals[Int(other)])
            body(Int(other), part * part)
        }
    }
}

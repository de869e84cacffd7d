/// The original author's collaborative side: non-negative factors fitted to the observed ratings alone, items ranked by the cosine of the
/// factors. Kept to be compared with: it ranks worse than plain popularity, because masking fits only what was rated and the cosine
/// throws the size away.
///
/// It starts from NNDSVD of the ratings with zeros for what is missing, as the original's did.
///
/// Source: Lee & Seung, "Algorithms for non-negative matrix factorization", NIPS 2000, the multiplicative updates with both sides of each
/// quotient restricted to the observed entries.
public struct MaskedNMF: RatingModel {
    /// The number of factors.
    let width: Int
    /// `width` values an item.
    private let items: [Double]
    private let scale: ClosedRange<Float>
    private static let epsilon = 1e-9
    /// Updates of one person's factors when a list is folded in.
    private static let foldInSteps = 50

    /// The number of items.
    var itemCount: Int { items.count / max(1, width) }

    /// Fits factors of people and items by turns.
    ///
    /// - Parameters:
    ///   - lists: Everybody's ratings, all positive.
    ///   - itemCount: How many items there are; from the lists if nil.
    ///   - factors: The number of factors; the original had 10.
    ///   - iterations: Updates of both sides; the original had 100.
    ///   - scale: The least and the greatest possible rating; from the lists if nil.
    public static func fit(
        _ lists: [RatedList], itemCount: Int? = nil, factors: Int = 10, iterations: Int = 100,
        scale: ClosedRange<Float>? = nil
    ) -> MaskedNMF {
        let itemCount = max(lists.itemCount(itemCount), lists.itemCount(nil))
        let scale = scale ?? ClosedRange(of: lists)
        guard itemCount > 0, factors > 0 else { return MaskedNMF(width: 0, items: [], scale: scale) }
        let matrix = SparseMatrix(
            rows: lists.map { SparseRow(columns: $0.items, values: $0.ratings.map(Double.init)) },
            columnCount: itemCount)
        let start = NNDSVD(matrix, rank: factors, seed: 1)
        var people = start.left.values
        var items = start.right.values
        for _ in 0..<iterations {
            for (person, list) in lists.enumerated() {
                updatePerson(&people, person * factors, list, items, width: factors)
            }
            updateItems(&items, lists, people, width: factors)
        }
        return MaskedNMF(width: factors, items: items, scale: scale)
    }

    /// One multiplicative update of a person's factors, which stand at `place`.
    private static func updatePerson(
        _ people: inout [Double], _ place: Int, _ list: RatedList, _ items: [Double], width: Int
    ) {
        var wanted = [Double](repeating: 0, count: width)
        var had = wanted
        for (item, rating) in zip(list.items, list.ratings) where Int(item) * width < items.count {
            let row = Int(item) * width
            var value = 0.0
            for factor in 0..<width { value += people[place + factor] * items[row + factor] }
            for factor in 0..<width {
                wanted[factor] += Double(rating) * items[row + factor]
                had[factor] += value * items[row + factor]
            }
        }
        for factor in 0..<width { people[place + factor] *= wanted[factor] / (had[factor] + epsilon) }
    }

    private static func updateItems(_ items: inout [Double], _ lists: [RatedList], _ people: [Double], width: Int) {
        var wanted = [Double](repeating: 0, count: items.count)
        var had = wanted
        for (person, list) in lists.enumerated() {
            let place = person * width
            for (item, rating) in zip(list.items, list.ratings) {
                let row = Int(item) * width
                var value = 0.0
                for factor in 0..<width { value += people[place + factor] * items[row + factor] }
                for factor in 0..<width {
                    wanted[row + factor] += Double(rating) * people[place + factor]
                    had[row + factor] += value * people[place + factor]
                }
            }
        }
        for index in items.indices { items[index] *= wanted[index] / (had[index] + epsilon) }
    }

    /// A person's factors, from the list and the items' factors.
    private func folded(_ list: RatedList) -> [Double] {
        var person = [Double](repeating: 1, count: width)
        for _ in 0..<Self.foldInSteps { Self.updatePerson(&person, 0, list, items, width: width) }
        return person
    }

    /// The product of the factors.
    public func predictions(for list: RatedList, items wanted: [Int]) -> [Float] {
        let person = folded(list)
        let mean = list.ratings.reduce(0) { $0 + Double($1) } / Double(max(1, list.count))
        return wanted.map { item in
            guard item >= 0, item < itemCount else { return scale.clipping(mean) }
            return scale.clipping((0..<width).reduce(0) { $0 + person[$1] * items[item * width + $1] })
        }
    }

    /// The cosine of the factors, for every item: what the original ranked by. Listed items are not left out.
    public func scores(for list: RatedList) -> [Float] {
        let person = folded(list)
        let length = person.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return (0..<itemCount).map { item in
            var (product, squares) = (0.0, 0.0)
            for factor in 0..<width {
                let value = items[item * width + factor]
                product += person[factor] * value
                squares += value * value
            }
            let lengths = length * squares.squareRoot()
            return lengths > 0 ? Float(product / lengths) : 0
        }
    }
}

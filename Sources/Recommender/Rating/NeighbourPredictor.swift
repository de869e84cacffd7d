/// What the ratings of an item's neighbours on the same list say of it, in units of the person's spread.
///
/// Two ways of the same correlations: the *average* weighs each neighbour by the cube of its correlation; the *interpolation* also knows
/// the neighbours' correlations with each other, so that five seasons of one series do not speak five times. Its weights solve
/// `min ½w'Aw − b'w, 0 ≤ w ≤ 1`, where `A` holds the neighbours' correlations with each other (the diagonal: 1 and the noise) and `b` those with
/// the item.
///
/// Sources: Koren, "Factor in the neighbors", ACM TKDD 4(1), 2010; Bell & Koren, "Scalable collaborative filtering with jointly derived
/// neighborhood interpolation weights", ICDM 2007.
struct NeighbourPredictor {
    /// What both ways say.
    struct Opinion: Hashable {
        var average = 0.0
        var interpolation = 0.0
    }

    private let correlations: ItemCorrelations
    private let noise: Float
    private let items: [Int]
    private let residuals: [Float]
    private var selection: TopSelection
    private var matrix: [Float]
    private var weights: [Float]
    private var gradient: [Float]

    /// The weight of "nothing is known" in an average.
    private static let doubt: Float = 0.01
    private static let maximumSweeps = 50
    private static let tolerance: Float = 1e-4

    /// - Parameter residuals: What each rating of the list is above what was expected of it, in units of the person's spread.
    init(_ correlations: ItemCorrelations, list: RatedList, residuals: [Double], settings: RatingSettings) {
        self.correlations = correlations
        noise = settings.noise
        let known = zip(list.items, residuals).filter { Int($0.0) < correlations.itemCount }
        items = known.map { Int($0.0) }
        self.residuals = known.map { Float($0.1) }
        let size = max(0, settings.neighbours)
        selection = TopSelection(capacity: size)
        matrix = Array(repeating: 0, count: size * size)
        weights = Array(repeating: 0, count: size)
        gradient = weights
    }

    /// What the neighbours say of an item; nothing of an item that is not known. The item's own rating, if listed, is left out.
    mutating func opinion(of item: Int) -> Opinion {
        select(item)
        var opinion = Opinion()
        opinion.average = Double(average())
        opinion.interpolation = Double(interpolation())
        return opinion
    }

    /// The average over all rated items, however many: cheaper when every item is asked for.
    func broadAverage(of item: Int) -> Double {
        let sums = correlations.withRow(item) { row in
            var (sum, weight) = (Float(0), Self.doubt)
            for position in items.indices {
                let correlation = Float(max(0, row[items[position]])) * ItemCorrelations.step
                let cube = correlation * correlation * correlation
                sum += cube * residuals[position]
                weight += cube
            }
            return Double(sum / weight)
        }
        return sums ?? 0
    }

    /// Keeps the positions of the greatest positive correlations, greatest first.
    private mutating func select(_ item: Int) {
        selection.removeAll()
        correlations.withRow(item) { row in
            for position in items.indices {
                let value = row[items[position]]
                if value > 0 { selection.offer(Int32(position), score: Float(value) * ItemCorrelations.step) }
            }
        }
        selection.sort()
    }

    private func average() -> Float {
        var (sum, weight) = (Float(0), Self.doubt)
        for (position, correlation) in zip(selection.items, selection.scores) {
            let cube = correlation * correlation * correlation
            sum += cube * residuals[Int(position)]
            weight += cube
        }
        return sum / weight
    }

    private mutating func interpolation() -> Float {
        let size = selection.count
        guard size > 0 else { return 0 }
        fillMatrix()
        solve()
        var sum = Float(0)
        for index in 0..<size { sum += weights[index] * residuals[Int(selection.items[index])] }
        return sum
    }

    private mutating func fillMatrix() {
        let size = selection.count
        for row in 0..<size {
            correlations.withRow(items[Int(selection.items[row])]) { values in
                for column in 0..<row {
                    let value = Float(values[items[Int(selection.items[column])]]) * ItemCorrelations.step
                    matrix[row * size + column] = value
                    matrix[column * size + row] = value
                }
            }
            matrix[row * size + row] = 1 + noise
        }
    }

    /// Coordinate descent, the strongest neighbour first. The bound of 1 keeps it finite: correlations of pairs need not fit together.
    private mutating func solve() {
        let size = selection.count
        for index in 0..<size {
            weights[index] = 0
            gradient[index] = selection.scores[index]
        }
        for _ in 0..<Self.maximumSweeps {
            var greatest = Float(0)
            for index in 0..<size {
                let wanted = weights[index] + gradient[index] / (1 + noise)
                let move = min(1, max(0, wanted)) - weights[index]
                guard move != 0 else { continue }
                weights[index] += move
                greatest = max(greatest, abs(move))
                for other in 0..<size { gradient[other] -= move * matrix[index * size + other] }
            }
            if greatest < Self.tolerance { break }
        }
    }
}

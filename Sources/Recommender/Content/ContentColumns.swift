import Glibc

/// What speaks for an item by everything that is known of it but its ratings, and how much of that its ratings leave standing.
///
/// The column of item `j` before any rating is `P_j · κ · (D_ij / √G_ii + b · Σ_l T_lj · W_il / √G_ll)`: the items that agree with it
/// themselves (`D`, direct likeness) and those that speak for its lenders, the items most like it (`T`, their shares), as strongly as
/// its ratings are expected to be many (`P`). `κ` fits such columns of well rated items to their ratings by least squares, so that scores
/// of items with and without ratings can be compared.
///
/// With `G_jj` squared weights of ratings the fitted column takes over: both are brought to length 1, mixed in the proportion `1 − t : t`
/// with `t = f + (1 − f) · τ² / (τ² + G_jj²)` and `τ = τ₀ + e · P_j²`, and given a length between the expected and the true one. So content
/// counts the less the more of the ratings to be expected are there, without a step anywhere.
///
/// Items that nobody rated are in no fitted column: what they say is `P_j · κ · D_ij / P_i`, and no ratings of item `j` take it away.
struct ContentColumns: Sendable {
    /// How many items lend their columns.
    private static let lenderCount = 20
    /// `b`: what lent columns count beside direct likeness.
    private static let lentWeight: Float = 12.8
    /// How many squared weights of ratings make a lender count half.
    private static let lenderEvidence: Float = 100
    /// `τ₀` of the mixture, in squared weights of ratings: about four ratings.
    private static let shapeEvidence: Float = 50
    /// The same for the length.
    private static let lengthEvidence: Float = 100
    /// What of `P_j²`, the squared weights to be expected of an item, is added to both: few ratings of what many know are not yet all.
    private static let expectedPart: Float = 0.2
    /// `f`: what remains of content whatever the ratings.
    private static let floor: Float = 0.05
    /// Squared weights of ratings from which a column's length is sure enough to fit `κ` to it.
    private static let sureEvidence: Float = 300
    /// How many weights of items that nobody rated a column has at most: nothing but what it is like speaks for who likes one of them.
    private static let unratedCount = 100
    /// How many columns `κ` is fitted to at most.
    private static let sampleCount = 256

    /// Of each described item what it is like.
    let neighbours: [ContentNeighbours.Lists]
    /// `√G_ii` to be expected of each item.
    let expected: [Float]
    /// The fitted columns.
    let fitted: [SparseColumn]
    /// `G_ii` of each item, without side information.
    let evidence: [Float]
    /// The prior of the side information, in squared weights.
    let prior: Float
    /// How many weights a column has at most before it is mixed.
    let limit: Int

    /// `1 / √G_ii`, 0 for an item that nobody rated.
    private let inverseNorms: [Float]

    init(
        neighbours: [ContentNeighbours.Lists], expected: [Float], fitted: [SparseColumn], evidence: [Float],
        prior: Float,
        limit: Int
    ) {
        self.neighbours = neighbours
        self.expected = expected
        self.fitted = fitted
        self.evidence = evidence
        self.prior = prior
        self.limit = limit
        inverseNorms = evidence.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    }

    /// `t`: the part of an item's column that content makes.
    func contentShare(of item: Int) -> Float {
        Self.floor + (1 - Self.floor) * remaining(of: item, Self.shapeEvidence)
    }

    /// The part that ratings leave to content: half when they are as many as the scale.
    private func remaining(of item: Int, _ scale: Float) -> Float {
        let missing = scale + Self.expectedPart * expected[item] * expected[item]
        return missing * missing / (missing * missing + evidence[item] * evidence[item])
    }

    /// The items whose columns `κ` is fitted to, spread evenly over those with enough ratings.
    func sample() -> [Int] {
        let described = neighbours.indices
        let sure = described.filter { evidence[$0] > Self.sureEvidence }
        let rated = sure.isEmpty ? described.filter { evidence[$0] > 0 } : sure
        let step = max(1, (rated.count + Self.sampleCount - 1) / Self.sampleCount)
        return stride(from: 0, to: rated.count, by: step).map { rated[$0] }
    }

    /// The summands of `κ = Σ w'G_j / Σ w'Gw` of one column, each divided by `G_jj`, so that every item counts alike.
    func leastSquares(of item: Int, gram: GramMatrix, _ sums: borrowing ItemSums) -> (product: Double, square: Double) {
        let column = content(of: item, limit: limit, sums)
        var (product, square) = (0.0, 0.0)
        for (position, other) in column.items.enumerated() {
            let weight = Double(column.weights[position])
            product += weight * Double(gram[Int(other), item])
            var sum = 0.0
            for (inner, its) in zip(column.items, column.weights) {
                sum += Double(its) * Double(gram[Int(other), Int(inner)])
            }
            square += weight * sum
        }
        let scale = Double(expected[item]) / Double(evidence[item])
        return (product * scale, square * scale * Double(expected[item]))
    }

    /// The column of an item, by its ratings and its content.
    func column(of item: Int, factor: Float, _ sums: borrowing ItemSums) -> SparseColumn {
        let share = contentShare(of: item)
        let content = content(of: item, limit: Int((Float(limit) * share).rounded(.up)), sums)
        let own = (evidence[item] + prior).squareRoot()
        let ratio = expected[item] / own
        let length = own * powf(ratio, remaining(of: item, Self.lengthEvidence))
        let rated = Self.sum(
            ratedPart(of: fitted[item]), times: (1 - share) * length / own, content, times: share * length * factor)
        return Self.sum(rated, times: 1, unrated(for: item), times: length * factor)
    }

    /// What side information makes of items that nobody rated tells nothing of who likes them.
    private func ratedPart(of column: SparseColumn) -> SparseColumn {
        let rated = column.items.indices.filter { inverseNorms[Int(column.items[$0])] > 0 }
        guard rated.count < column.items.count else { return column }
        return SparseColumn(items: rated.map { column.items[$0] }, weights: rated.map { column.weights[$0] })
    }

    /// What items that nobody rated say for an item, whatever its own ratings: `D_ij / P_i`, with the norm to be expected in the place of theirs.
    private func unrated(for item: Int) -> SparseColumn {
        let direct = neighbours[item].direct
        var selection = TopSelection(capacity: Self.unratedCount)
        for (other, value) in zip(direct.items, direct.weights)
        where inverseNorms[Int(other)] == 0 && other != Int32(item) {
            selection.offer(other, score: value / max(1, expected[Int(other)]))
        }
        return SparseColumn(selection)
    }

    /// What speaks for an item by content alone, in the unit of the formula's bracket: the greatest by what they add to scores.
    private func content(of item: Int, limit: Int, _ sums: borrowing ItemSums) -> SparseColumn {
        let direct = neighbours[item].direct
        for (other, value) in zip(direct.items, direct.weights) { sums.add(value, to: other) }
        addLent(to: item, sums)
        var selection = TopSelection(capacity: limit)
        sums.take { other, sum in
            if inverseNorms[Int(other)] > 0, other != Int32(item) { selection.offer(other, score: sum) }
        }
        var column = SparseColumn(selection)
        for place in column.items.indices { column.weights[place] *= inverseNorms[Int(column.items[place])] }
        return column
    }

    /// Adds `√G_ii` times the second summand of the bracket.
    private func addLent(to item: Int, _ sums: borrowing ItemSums) {
        var lenders = TopSelection(capacity: Self.lenderCount)
        let candidates = neighbours[item].lending
        for (lender, value) in zip(candidates.items, candidates.weights) where evidence[Int(lender)] > 0 {
            let its = evidence[Int(lender)]
            lenders.offer(lender, score: value * its / (its + Self.lenderEvidence))
        }
        lenders.sort()
        let total = lenders.scores.reduce(0, +)
        for (lender, score) in zip(lenders.items, lenders.scores) {
            let share = Self.lentWeight * score / total * inverseNorms[Int(lender)]
            let lent = fitted[Int(lender)]
            for (other, weight) in zip(lent.items, lent.weights) {
                sums.add(share * weight * evidence[Int(other)].squareRoot(), to: other)
            }
        }
    }

    /// The weighted sum of two columns.
    private static func sum(
        _ left: SparseColumn, times leftFactor: Float, _ right: SparseColumn, times rightFactor: Float
    ) -> SparseColumn {
        var result = SparseColumn()
        var (first, second) = (0, 0)
        while first < left.items.count || second < right.items.count {
            let a = first < left.items.count ? left.items[first] : .max
            let b = second < right.items.count ? right.items[second] : .max
            var weight: Float = 0
            if a <= b {
                weight += left.weights[first] * leftFactor
                first += 1
            }
            if b <= a {
                weight += right.weights[second] * rightFactor
                second += 1
            }
            guard weight > 0 else { continue }
            result.items.append(min(a, b))
            result.weights.append(weight)
        }
        return result
    }
}

/// What columns of items are made of as far as their ratings do not make them: likenesses, and traits that tell how much is to be
/// expected of an item.
struct ItemContent: Sendable {
    /// `κ` of 295,000 ratings of 4,700 anime, which counts as much as five of their items: so few ratings have no say alone.
    private static let usualFactor = 0.05
    private static let usualSquare = 350.0

    let neighbours: ContentNeighbours
    let traits: ItemTraits

    init(_ items: [ItemDescription], _ matrices: DescriptionMatrices) {
        neighbours = ContentNeighbours(items, matrices)
        traits = ItemTraits(items)
    }

    private init(neighbours: ContentNeighbours, traits: ItemTraits) {
        self.neighbours = neighbours
        self.traits = traits
    }

    /// The same for items of which nothing but members and scores has changed: who is like whom stays.
    func with(figuresOf items: [ItemDescription]) -> ItemContent {
        ItemContent(neighbours: neighbours, traits: ItemTraits(items))
    }

    /// The fitted columns with a part of content in each: the less, the more ratings an item has.
    func mixed(
        into columns: [SparseColumn], gram: GramMatrix, prior: Float, limit: Int, threads: Int
    ) -> [SparseColumn] {
        var diagonal = gram.diagonal.map { Int32((Float($0) * gram.unit).rounded()) }
        diagonal += Array(repeating: 0, count: max(0, columns.count - diagonal.count))
        let count = neighbours.itemCount
        let source = ContentColumns(
            neighbours: neighbours.lists(threads: threads),
            expected: ExpectedNorms(traits: traits, diagonal: Array(diagonal.prefix(count))).values,
            fitted: columns, evidence: diagonal.map { Float($0) }, prior: prior, limit: limit)
        let factor = factor(source, gram: gram, threads: threads)
        let slots = Slots(repeating: SparseColumn(), count: count)
        forEachParallel(count: count, threads: threads) { next in
            let sums = ItemSums(itemCount: columns.count)
            while let item = next() { slots[item] = source.column(of: item, factor: factor, sums) }
        }
        return slots.values + columns.dropFirst(count)
    }

    /// `κ`; the summands are added in the order of the sample, whatever thread made them.
    private func factor(_ source: ContentColumns, gram: GramMatrix, threads: Int) -> Float {
        let sample = source.sample()
        let slots = Slots(repeating: (product: 0.0, square: 0.0), count: sample.count)
        forEachParallel(count: sample.count, threads: threads) { next in
            let sums = ItemSums(itemCount: source.evidence.count)
            while let place = next() { slots[place] = source.leastSquares(of: sample[place], gram: gram, sums) }
        }
        let sums = slots.values.reduce((0.0, 0.0)) { ($0.0 + $1.product, $0.1 + $1.square) }
        return Float((sums.0 + Self.usualFactor * Self.usualSquare) / (sums.1 + Self.usualSquare))
    }
}

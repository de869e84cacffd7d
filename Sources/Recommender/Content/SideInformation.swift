/// How alike items are by what is known of them without ratings: titles, studios, type and description.
///
/// The solver adds it to the Gram matrix: `G'_ij = G_ij + S_ij · ⁴√((G_ii + p)(G_jj + p))`, where `S` is a weighted sum of cosines. So
/// rarely rated items lean on their content, and ones that nobody rated get columns too, from one model.
///
/// Source: Jeunen, Van Balen & Goethals, "Closed-Form Models for Collaborative Filtering with Side-Information", RecSys 2020; the
/// factor is ours.
public struct SideInformation: Sendable {
    /// How much each kind of knowledge counts; 0 leaves it out.
    public struct Weights: Sendable, Hashable {
        /// Words of the titles.
        public var titleWords: Float
        /// Pairs of neighbouring words of the main title.
        public var titlePairs: Float
        /// Studios.
        public var studios: Float
        /// Types.
        public var types: Float
        /// Terms of the description, by `TFIDF`.
        public var terms: Float
        /// Relations, as the site states them; no data set at hand has any, so they count as what they make sure: a title's beginning.
        public var related: Float
        /// Recommendations of one item to those who like another; as before, they count as much as a description.
        public var recommended: Float

        /// Makes weights; the defaults are the tuned ones.
        public init(
            titleWords: Float = 5, titlePairs: Float = 2.5, studios: Float = 2.5, types: Float = 1.25,
            terms: Float = 2.5, related: Float = 2.5, recommended: Float = 2.5
        ) {
            self.titleWords = titleWords
            self.titlePairs = titlePairs
            self.studios = studios
            self.types = types
            self.terms = terms
            self.related = related
            self.recommended = recommended
        }
    }

    /// `p` of the formula: how many squared weights of ratings an item is given in advance.
    public var prior: Float
    /// One matrix items × features per kind of knowledge, rows of length 1, and its weight.
    private var kinds: [(features: SparseMatrix, weight: Float)] = []
    /// The number of items.
    public let itemCount: Int
    /// What columns of items with few ratings are made of; nil when nothing but features was added.
    private(set) var content: ItemContent?

    /// Describes items by nothing yet.
    public init(itemCount: Int, prior: Float = 50) {
        self.itemCount = itemCount
        self.prior = prior
    }

    /// Describes items; an item's index is its place.
    public init(_ items: [ItemDescription], weights: Weights = Weights(), prior: Float = 50) {
        self.init(itemCount: items.count, prior: prior)
        let matrices = DescriptionMatrices(items)
        add(matrices.titleWords, weight: weights.titleWords)
        add(matrices.titlePairs, weight: weights.titlePairs)
        add(.names(items.map(\.studios)), weight: weights.studios)
        add(matrices.types, weight: weights.types)
        add(matrices.terms, weight: weights.terms)
        add(.neighbourhoods(items.map(\.related)), weight: weights.related)
        add(.neighbourhoods(items.map(\.recommended)), weight: weights.recommended)
        content = ItemContent(items, matrices)
    }

    /// The same for items of which nothing but members and scores has changed.
    func with(figuresOf items: [ItemDescription]) -> SideInformation {
        var result = self
        result.content = content?.with(figuresOf: items)
        return result
    }

    /// Adds another kind of knowledge.
    ///
    /// - Parameters:
    ///   - features: Items × features; one row per item. Rows are brought to length 1.
    ///   - weight: How much the cosine of two rows counts; not below 0.
    public mutating func add(_ features: SparseMatrix, weight: Float) {
        precondition(features.rowCount == itemCount, "one row per item")
        guard weight > 0, features.valueCount > 0 else { return }
        let rows = (0..<itemCount).map { features[$0].normalised }
        kinds.append((SparseMatrix(rows: rows, columnCount: features.columnCount), weight))
    }

    /// The greatest value that `S` can have.
    var greatest: Float { kinds.reduce(0) { $0 + $1.weight } }

    /// The same with items at the end that nothing is known of.
    func padded(to count: Int) -> SideInformation {
        guard count > itemCount else { return self }
        var result = SideInformation(itemCount: count, prior: prior)
        for kind in kinds {
            let rows = (0..<count).map { $0 < itemCount ? kind.features[$0] : SparseRow() }
            result.add(SparseMatrix(rows: rows, columnCount: kind.features.columnCount), weight: kind.weight)
        }
        result.content = content
        return result
    }

    /// The lower triangle of `S`, as parts of `greatest` in 65,535 steps.
    func similarities(threads: Int) -> TriangularSteps {
        let result = TriangularSteps(count: itemCount, unit: greatest / 65_535)
        let kinds = kinds.map { (rows: $0.features, columns: $0.features.transposed, weight: Double($0.weight)) }
        let scale = greatest > 0 ? 65_535 / Double(greatest) : 0
        let count = itemCount
        forEachParallel(count: count, threads: threads) { next in
            var sums = [Double](repeating: 0, count: count)
            while let item = next() {
                for kind in kinds { kind.rows.addProducts(of: item, with: kind.columns, times: kind.weight, to: &sums) }
                result.set(row: item, to: &sums, scale: scale)
            }
        }
        return result
    }
}

extension SparseMatrix {
    /// Adds the products of a row with the rows up to itself, where `columns` is `self` transposed.
    fileprivate func addProducts(of row: Int, with columns: SparseMatrix, times factor: Double, to sums: inout [Double])
    {
        sums.withUnsafeMutableBufferPointer { sums in
            columns.columns.withUnsafeBufferPointer { others in
                columns.values.withUnsafeBufferPointer { values in
                    for position in starts[row]..<starts[row + 1] {
                        let column = Int(self.columns[position])
                        let value = self.values[position] * factor
                        for place in columns.starts[column]..<columns.starts[column + 1] {
                            let other = Int(others[place])
                            if other > row { break }
                            sums[other] += value * values[place]
                        }
                    }
                }
            }
        }
    }
}

/// The lower triangle of a symmetric matrix of values from 0 to 65,535 times a unit: two bytes each.
///
/// `@unchecked Sendable`: each row is written once, by the one thread that was handed its number, and read when all threads are done.
final class TriangularSteps: @unchecked Sendable {
    let unit: Float
    let count: Int
    private let memory: LargePages
    private let values: UnsafeMutablePointer<UInt16>

    init(count: Int, unit: Float) {
        (self.unit, self.count) = (unit, count)
        let size = max(count * (count + 1) / 2, 1)
        memory = LargePages(byteCount: size * MemoryLayout<UInt16>.stride)
        values = memory.base.bindMemory(to: UInt16.self, capacity: size)
    }

    /// The values of one row, columns 0 to the row itself.
    @inline(__always)
    func row(_ index: Int) -> UnsafeMutablePointer<UInt16> { values + index * (index + 1) / 2 }

    /// Stores a row and makes `sums` 0 again.
    func set(row index: Int, to sums: inout [Double], scale: Double) {
        let row = row(index)
        sums.withUnsafeMutableBufferPointer { sums in
            for column in 0...index {
                // Rounded, halves up, without a call for each: what is cut off is exact.
                let value = max(0, min(65_535, sums[column] * scale))
                let whole = Int32(value)
                row[column] = UInt16(truncatingIfNeeded: whole + (value - Double(whole) >= 0.5 ? 1 : 0))
                sums[column] = 0
            }
        }
    }
}

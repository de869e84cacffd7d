import Recommender

/// Finds a place and a cluster for each story.
struct StoryMapFit {
    /// Places between 0 and 1 in both directions, in the order of the stories.
    let places: [PlanePoint]
    /// How many units of the embedding the side of the picture is long.
    let scale: Double
    let clusters: KMeans.Clusters

    /// How steps are shared out where places are moved and not found: enough for groups that are to form anew.
    private static let (refinedIterations, refinedEarlyIterations) = (250, 60)

    /// - Parameters:
    ///   - shares: Of each story, the share of each topic, not all 0.
    ///   - former: The places that a map gave the stories before, with its scale; nil where there was none.
    ///   - goesOn: Asked from time to time; what is made after a no is of no use.
    init(
        shares: [[Double]], _ options: StoryMap.Options, former: (places: [PlanePoint], scale: Double)? = nil,
        goesOn: () -> Bool = { true }
    ) {
        // Of length 1, so that distances say what cosines do.
        let vectors = DenseMatrix(
            rowCount: shares.count, columnCount: shares.first?.count ?? 0,
            values: shares.flatMap { row -> [Double] in
                let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return row.map { $0 / length }
            })
        let found: [PlanePoint]
        switch (options.method, former) {
        case (.pca, _): found = PrincipalComponents.plane(vectors)
        case (.tsne, nil):
            found = TSNE(perplexity: options.perplexity, iterations: options.iterations)
                .embed(vectors, goesOn: goesOn)
        case (.tsne, let former?):
            let start = former.places.map {
                PlanePoint(x: ($0.x - 0.5) * former.scale, y: ($0.y - 0.5) * former.scale)
            }
            found = TSNE(
                perplexity: options.perplexity, iterations: Self.refinedIterations,
                earlyIterations: Self.refinedEarlyIterations
            ).refine(vectors, from: start, goesOn: goesOn)
        }
        (places, scale) = found.fittedToUnitSquare
        // Of no use, and quickly made.
        let none = KMeans(clusterCount: 1, starts: 1, maximumIterations: 1)
        clusters = (goesOn() ? KMeans(clusterCount: options.clusterCount) : none).fit(vectors)
    }
}

extension [PlanePoint] {
    /// Moved and scaled, the same in both directions, so that all lie between 0 and 1; stragglers stay at the edge.
    fileprivate var fittedToUnitSquare: (places: [PlanePoint], scale: Double) {
        guard !isEmpty else { return ([], 1) }
        let (x, y) = (Self.range(of: map(\.x)), Self.range(of: map(\.y)))
        let scale = Swift.max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound, .leastNormalMagnitude)
        let (left, top) = (
            (x.lowerBound + x.upperBound - scale) / 2, (y.lowerBound + y.upperBound - scale) / 2
        )
        let places = map { place in
            PlanePoint(
                x: Swift.min(Swift.max((place.x - left) / scale, 0), 1),
                y: Swift.min(Swift.max((place.y - top) / scale, 0), 1))
        }
        return (places, scale)
    }

    /// Where nearly all of the values lie: one point far away does not make all others small.
    private static func range(of values: [Double]) -> ClosedRange<Double> {
        let sorted = values.sorted()
        let cut = sorted.count / 1000
        let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
        let margin = (high - low) * 0.02
        return low - margin...high + margin
    }
}

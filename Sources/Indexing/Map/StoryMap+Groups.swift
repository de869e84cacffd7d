import Recommender

extension StoryMap {
    /// What the colours say.
    public enum Colour: String, Sendable, CaseIterable {
        /// The main topic of each anime.
        case topics
        /// The cluster that k-means put it in.
        case clusters
    }

    /// The groups that are drawn, without empty ones.
    func groups(_ colour: Colour) -> [Group] { (colour == .topics ? topics : clusters).filter { $0.count > 0 } }

    /// The points of a group.
    func points(of group: Group, _ colour: Colour) -> [Point] {
        points.filter { (colour == .topics ? $0.topic : $0.cluster) == group.number }
    }

    /// Where a group is densest: the mean of its points around the fullest square of a grid.
    static func densest(_ points: [Point]) -> PlanePoint? {
        let cells = 24
        var counts = [Int](repeating: 0, count: cells * cells)
        let cell = { (value: Double) in min(Int(value * Double(cells)), cells - 1) }
        for point in points { counts[cell(point.y) * cells + cell(point.x)] += 1 }
        guard let most = counts.max(), most > 0, let fullest = counts.firstIndex(of: most) else { return nil }
        let (column, row) = (fullest % cells, fullest / cells)
        let near = points.filter { abs(cell($0.x) - column) <= 1 && abs(cell($0.y) - row) <= 1 }
        let count = Double(near.count)
        return PlanePoint(
            x: near.reduce(0) { $0 + $1.x } / count, y: near.reduce(0) { $0 + $1.y } / count)
    }
}

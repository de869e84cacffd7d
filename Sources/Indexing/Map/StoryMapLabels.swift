import Recommender

/// Where the names of topics stand on a map.
public struct StoryMapLabels: Sendable {
    /// A topic's name.
    public struct Label: Sendable, Hashable {
        /// The topic.
        public let topic: Int
        /// Its first words.
        public let text: String
        /// The middle of its base line, on a picture with the asked side.
        public let x: Double
        /// The same, downwards.
        public let y: Double
        /// The height of its letters.
        public let fontSize: Double
        /// Where the topic is densest, 0 to 1 from left to right.
        public let anchorX: Double
        /// The same from top to bottom.
        public let anchorY: Double
    }

    private let map: StoryMap

    /// Names the topics of a map.
    public init(_ map: StoryMap) { self.map = map }

    /// Names that do not overlap, those of the greatest topics first; a topic for which there is no room has none.
    public func labels(side: Double) -> [Label] {
        var placement = LabelPlacement(width: side, height: side)
        let groups = map.groups(.topics)
        let greatest = Double(groups.map(\.count).max() ?? 1)
        return groups.sorted { ($1.count, $0.number) < ($0.count, $1.number) }.compactMap { group in
            guard let anchor = StoryMap.densest(map.points(of: group, .topics)) else { return nil }
            let text = group.words.prefix(2).map { String($0.prefix(20)) }.joined(separator: " · ")
            let size = side * (0.017 + 0.008 * (Double(group.count) / greatest).squareRoot())
            let place = placement.place(
                text, at: PlanePoint(x: anchor.x * side, y: anchor.y * side), fontSize: size)
            return place.map {
                Label(
                    topic: group.number, text: text, x: $0.x, y: $0.y, fontSize: size, anchorX: anchor.x,
                    anchorY: anchor.y)
            }
        }
    }
}

import Indexing

/// What the page of the map shows.
struct MapPageModel: Sendable {
    /// One topic: a layer of the picture, a line of the legend, a part of the list.
    struct Topic: Sendable {
        let number: Int
        let words: String
        let name: String
        let count: String
        let path: String
        let anime: [AnimeLink]
    }

    /// A place that is marked.
    struct Mark: Sendable {
        let title: String
        let x: String
        let y: String
        let kind: String
    }

    /// A topic's name on the picture.
    struct Name: Sendable {
        let number: Int
        let text: String
        let x: String
        let y: String
        let size: String
    }

    let count: String
    let topics: [Topic]
    let names: [Name]
    let marks: [Mark]
    let search: String
    let found: [AnimeLink]
    let hasSearched: Bool
    let hasFound: Bool
    /// What is liked stays liked when something is looked for.
    let liked: [String]
    let hasLiked: Bool

    init(_ drawn: DrawnMap, liked: Set<String>, search: String, found: [String]) {
        count = Wording.count(drawn.points.count)
        self.search = search
        self.found = found.map(AnimeLink.init)
        (hasSearched, hasFound) = (!search.isEmpty, !found.isEmpty)
        self.liked = liked.sorted()
        hasLiked = !liked.isEmpty
        topics = drawn.topics
        names = drawn.names
        let wanted = Set(found)
        marks = drawn.points.filter { liked.contains($0.id) || wanted.contains($0.id) }.map {
            Mark(
                title: $0.id, x: Self.place($0.x), y: Self.place($0.y), kind: liked.contains($0.id) ? "liked" : "found")
        }
    }

    /// All topics with anime, the greatest first: a layer of the picture, a line of the legend and a part of the list.
    ///
    /// - Parameters:
    ///   - points: The dots of the picture.
    ///   - examples: The topics with their most typical anime.
    static func topics(of map: StoryMap, points: some Sequence<StoryMap.Point>, examples: [Indexing.Topic]) -> [Topic] {
        var paths: [Int: String] = [:]
        for point in points { paths[point.topic, default: ""] += "M\(place(point.x)) \(place(point.y))h0" }
        let typical = Dictionary(uniqueKeysWithValues: examples.map { ($0.number, $0.anime) })
        return map.topics.filter { $0.count > 0 }.sorted { ($1.count, $0.number) < ($0.count, $1.number) }.map {
            topic in
            Topic(
                number: topic.number, words: topic.words.joined(separator: ", "),
                name: topic.words.prefix(3).joined(separator: ", "), count: Wording.count(topic.count),
                path: paths[topic.number] ?? "", anime: (typical[topic.number] ?? []).map { AnimeLink($0.id) })
        }
    }

    /// The names of topics on the picture.
    static func names(_ labels: [StoryMapLabels.Label]) -> [Name] {
        labels.map {
            Name(number: $0.topic, text: $0.text, x: decimal($0.x), y: decimal($0.y), size: decimal($0.fontSize))
        }
    }

    private static func place(_ value: Double) -> String { decimal(value * 1_000) }

    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

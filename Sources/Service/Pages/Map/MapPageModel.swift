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

    /// Dots of the picture; a screen cannot show more, and the canvas shows all.
    private static let mostDots = 12_000
    private static let side = 1_000.0

    init(_ drawn: DrawnMap, topics: [Indexing.Topic], liked: Set<String>, search: String, found: [String]) {
        count = Self.number(drawn.points.count)
        self.search = search
        self.found = found.map(AnimeLink.init)
        (hasSearched, hasFound) = (!search.isEmpty, !found.isEmpty)
        self.liked = liked.sorted()
        hasLiked = !liked.isEmpty
        var paths: [Int: String] = [:]
        for point in drawn.points.prefix(Self.mostDots) {
            paths[point.topic, default: ""] += "M\(Self.place(point.x)) \(Self.place(point.y))h0"
        }
        let examples = Dictionary(uniqueKeysWithValues: topics.map { ($0.number, $0.anime) })
        self.topics = drawn.map.topics.filter { $0.count > 0 }
            .sorted { ($1.count, $0.number) < ($0.count, $1.number) }
            .map { topic in
                Topic(
                    number: topic.number, words: topic.words.joined(separator: ", "),
                    name: topic.words.prefix(3).joined(separator: ", "), count: Self.number(topic.count),
                    path: paths[topic.number] ?? "", anime: (examples[topic.number] ?? []).map { AnimeLink($0.id) })
            }
        names = drawn.labels.map {
            Name(
                number: $0.topic, text: $0.text, x: Self.decimal($0.x), y: Self.decimal($0.y),
                size: Self.decimal($0.fontSize))
        }
        let wanted = Set(found)
        marks = drawn.points.filter { liked.contains($0.id) || wanted.contains($0.id) }.map {
            Mark(
                title: $0.id, x: Self.place($0.x), y: Self.place($0.y), kind: liked.contains($0.id) ? "liked" : "found")
        }
    }

    private static func place(_ value: Double) -> String { decimal(value * side) }

    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    /// With narrow spaces between thousands.
    private static func number(_ value: Int) -> String {
        value < 10_000 ? "\(value)" : "\(value / 1_000)\u{202F}\(String(value % 1_000 + 1_000).dropFirst())"
    }
}

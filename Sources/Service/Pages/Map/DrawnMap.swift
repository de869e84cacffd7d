import Exports
import Indexing
import WebStandards

/// A story map as it is sent: the file that the page's script draws from, made once for each map.
struct DrawnMap: Sendable {
    /// Stands for the map and for the stories in it.
    let tag: String
    /// All anime of the map, those that most people know first.
    let points: [StoryMap.Point]
    let file: Answer
    /// Everything, for programs.
    let whole: Answer
    /// What the page shows of every topic.
    let topics: [MapPageModel.Topic]
    let names: [MapPageModel.Name]

    /// Dots of the picture; a screen cannot show more, and the canvas shows all.
    private static let mostDots = 12_000

    init(_ map: StoryMap, of index: AnimeIndex, tag: String) {
        self.tag = tag
        let cards = map.points.map { (point: $0, card: index.card($0.id)) }
        let known = cards.sorted { ($1.card?.members ?? 0, $0.point.id) < ($0.card?.members ?? 0, $1.point.id) }
        points = known.map(\.point)
        let labels = StoryMapLabels(map).labels(side: 1_000)
        topics = MapPageModel.topics(
            of: map, points: points.prefix(Self.mostDots), examples: index.topics(examples: 5))
        names = MapPageModel.names(labels)
        file = Self.answer(Self.value(known, map, labels), tag)
        whole = Self.answer(map.value, tag)
    }

    private static func answer(_ value: JSONValue, _ tag: String) -> Answer {
        var answer = Answer.json(value, tag: tag)
        answer.compressed = Gzip.member(answer.bytes, level: 6)
        return answer
    }

    /// Columns, since names of fields would be the greater part: places in ten-thousandths, shares in hundredths, 0 for an unknown year.
    private static func value(
        _ known: [(point: StoryMap.Point, card: AnimeCard?)], _ map: StoryMap, _ labels: [StoryMapLabels.Label]
    ) -> JSONValue {
        let types = Set(known.map { $0.card?.type ?? "" }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
        func column(_ value: (StoryMap.Point, AnimeCard?) -> Int) -> JSONValue {
            .array(known.map { .int(Int64(value($0.point, $0.card))) })
        }
        let anchors = Dictionary(uniqueKeysWithValues: labels.map { ($0.topic, $0) })
        return [
            "topics": .array(
                map.topics.map { topic in
                    .object([
                        "words": .array(topic.words.map(JSONValue.string)), "count": .int(Int64(topic.count)),
                        "x": .int(Int64(((anchors[topic.number]?.anchorX ?? 0.5) * 10_000).rounded())),
                        "y": .int(Int64(((anchors[topic.number]?.anchorY ?? 0.5) * 10_000).rounded())),
                    ])
                }),
            "types": .array(types.map(JSONValue.string)),
            "anime": .array(known.map { .string($0.point.id) }),
            "x": column { point, _ in Int((point.x * 10_000).rounded()) },
            "y": column { point, _ in Int((point.y * 10_000).rounded()) },
            "topic": column { point, _ in point.topic },
            "share": column { point, _ in Int((point.share * 100).rounded()) },
            "type": column { _, card in numbers[card?.type ?? ""] ?? 0 },
            "year": column { _, card in card?.year ?? 0 },
        ]
    }
}

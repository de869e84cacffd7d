import Exports
import Indexing
import WebStandards

/// A story map as it is sent: the file that the page's script draws from, made once for each map.
struct DrawnMap: Sendable {
    /// Stands for the map and for the stories in it.
    let tag: String
    let map: StoryMap
    /// All anime of the map, those that most people know first.
    let points: [StoryMap.Point]
    let file: Answer
    let labels: [StoryMapLabels.Label]

    init(_ map: StoryMap, of index: AnimeIndex, tag: String) {
        (self.map, self.tag) = (map, tag)
        let cards = map.points.map { (point: $0, card: index.card($0.id)) }
        let known = cards.sorted { ($1.card?.members ?? 0, $0.point.id) < ($0.card?.members ?? 0, $1.point.id) }
        points = known.map(\.point)
        labels = StoryMapLabels(map).labels(side: 1_000)
        let bytes = Self.value(known, map, labels).serializedBytes()
        var file = Answer(type: "application/json", bytes: bytes, tag: tag)
        file.compressed = Gzip.member(bytes, level: 6)
        self.file = file
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

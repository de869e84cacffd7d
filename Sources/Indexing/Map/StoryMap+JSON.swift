public import WebStandards

extension StoryMap {
    /// The map as JSON: places, topics and clusters.
    public var value: JSONValue {
        .object([
            "anime": .array(points.map(\.value)), "topics": .array(topics.map { $0.value(named: "topic") }),
            "clusters": .array(clusters.map { $0.value(named: "cluster") }),
        ])
    }
}

extension StoryMap.Point {
    /// Places to a ten-thousandth, which is a tenth of a dot.
    fileprivate var value: JSONValue {
        .object([
            "anime": .string(id), "x": .double((x * 1e4).rounded() / 1e4), "y": .double((y * 1e4).rounded() / 1e4),
            "topic": .int(Int64(topic)), "share": .double((share * 1e4).rounded() / 1e4),
            "cluster": .int(Int64(cluster)),
        ])
    }
}

extension StoryMap.Group {
    fileprivate func value(named name: String) -> JSONValue {
        .object([
            name: .int(Int64(number)), "words": .array(words.map(JSONValue.string)), "anime_count": .int(Int64(count)),
        ])
    }
}

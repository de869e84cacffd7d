import CrawlDomain
import MongoDriver

/// Statistics as `field_statistics` and `drift_alarms` hold them.
enum StatisticsDocument {
    /// What is added to the document of a day.
    static func increments(_ fields: [String: FieldStatistics]) -> BSONDocument {
        var increments: BSONDocument = [:]
        for (field, statistics) in fields.sorted(by: { $0.key < $1.key }) {
            let numbers = [
                ("items", statistics.items), ("filled", statistics.filled), ("windows", statistics.windows),
                ("unrest", statistics.unrest),
            ]
            for (name, number) in numbers { increments["fields.\(field).\(name)"] = .double(number) }
            for (name, sums) in [("filling", statistics.filling), ("repetition", statistics.repetition)]
            where sums.items > 0 {
                for (part, number) in parts(sums) { increments["fields.\(field).\(name).\(part)"] = .double(number) }
            }
            for (bucket, count) in statistics.sizes.counts.enumerated() where count > 0 {
                increments["fields.\(field).sizes.\(bucket)"] = .double(count)
            }
        }
        return increments
    }

    static func document(_ statistics: FieldStatistics) -> BSONDocument {
        [
            "items": .double(statistics.items), "filled": .double(statistics.filled),
            "filling": .document(BSONDocument(parts(statistics.filling).map { ($0.0, .double($0.1)) })),
            "repetition": .document(BSONDocument(parts(statistics.repetition).map { ($0.0, .double($0.1)) })),
            "sizes": .document(document(statistics.sizes)), "windows": .double(statistics.windows),
            "unrest": .double(statistics.unrest),
        ]
    }

    static func statistics(_ document: BSONDocument) -> FieldStatistics {
        var statistics = FieldStatistics()
        statistics.items = document["items"]?.doubleValue ?? 0
        statistics.filled = document["filled"]?.doubleValue ?? 0
        statistics.filling = sums(document["filling"]?.documentValue)
        statistics.repetition = sums(document["repetition"]?.documentValue)
        statistics.windows = document["windows"]?.doubleValue ?? 0
        statistics.unrest = document["unrest"]?.doubleValue ?? 0
        statistics.sizes = histogram(document["sizes"]?.documentValue)
        return statistics
    }

    static func document(_ sizes: SizeHistogram) -> BSONDocument {
        BSONDocument(
            sizes.counts.enumerated().filter { $0.element > 0 }.map { ("\($0.offset)", .double($0.element)) })
    }

    static func histogram(_ document: BSONDocument?) -> SizeHistogram {
        var sizes = SizeHistogram()
        for (name, value) in document ?? [:] {
            if let bucket = Int(name), let count = value.doubleValue { sizes.add(bucket, count: count) }
        }
        return sizes
    }

    private static func parts(_ sums: RateSums) -> [(String, Double)] {
        [("items", sums.items), ("hits", sums.hits), ("squares", sums.squares), ("blocks", sums.blocks)]
    }

    private static func sums(_ document: BSONDocument?) -> RateSums {
        RateSums(
            items: document?["items"]?.doubleValue ?? 0, hits: document?["hits"]?.doubleValue ?? 0,
            squares: document?["squares"]?.doubleValue ?? 0, blocks: document?["blocks"]?.doubleValue ?? 0)
    }
}

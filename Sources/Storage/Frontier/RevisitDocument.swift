import CrawlDomain
import MongoDriver

/// The plan of a URL's revisits, as `frontier` holds it.
enum RevisitDocument {
    static func document(of record: RevisitRecord) -> BSONDocument {
        [
            "class": record.className.map(BSONValue.string) ?? .null, "rate": .double(record.rate),
            "seen": .date(record.seen), "digest": .string(record.digest), "interval": .double(record.interval),
            "visits": .int32(Int32(clamping: record.history.visits)), "unchanged": .double(record.history.unchanged),
            "changed": .array(record.history.changed.flatMap { [.double($0.seconds), .double($0.weight)] }),
        ]
    }

    /// Reads a plan; nil where a part of it is missing, then it begins anew.
    static func record(_ document: BSONDocument) -> RevisitRecord? {
        guard let rate = document["rate"]?.doubleValue, let seen = document["seen"]?.dateValue,
            let digest = document["digest"]?.stringValue, let interval = document["interval"]?.doubleValue
        else { return nil }
        let numbers = document["changed"]?.arrayValue?.compactMap(\.doubleValue) ?? []
        let changed = stride(from: 0, to: numbers.count - 1, by: 2).map {
            ChangeHistory.Interval(seconds: numbers[$0], weight: numbers[$0 + 1])
        }
        return RevisitRecord(
            className: document["class"]?.stringValue,
            history: ChangeHistory(
                visits: document["visits"]?.intValue ?? 0, unchanged: document["unchanged"]?.doubleValue ?? 0,
                changed: changed),
            rate: rate, seen: seen, digest: digest, interval: interval)
    }
}

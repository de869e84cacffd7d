import CrawlDomain
import struct Foundation.Date
import MongoDriver

/// Alarms as `drift_alarms` holds them.
enum AlarmDocument {
    static func id(_ name: String, site: String) -> BSONValue { .string("\(site)|\(name)") }

    /// What is written when an alarm is raised, or raised again. Not whether it holds: that is never taken back while it is open.
    static func current(_ alarm: DriftAlarm, run: String) -> BSONDocument {
        [
            "seen": .double(alarm.seen), "raised_at": .date(alarm.raisedAt),
            "run": .string(run), "samples": .array(alarm.samples.map { .document(document($0)) }),
        ]
    }

    /// What is written of a new one beside.
    static func new(_ alarm: DriftAlarm, site: String, spider: String, change: Int) -> BSONDocument {
        [
            "site": .string(site), "page": .string(alarm.key.page), "type": .string(alarm.key.type.rawValue),
            "field": .string(alarm.field), "measure": .string(alarm.measure.rawValue), "state": "open",
            "holds": .bool(alarm.holds), "expected": .double(alarm.expected), "since": .date(alarm.since),
            "spider": .string(spider),
            "change": .int64(Int64(change)),
            "reference": .document(StatisticsDocument.document(alarm.reference)),
            "before": alarm.before.map { .document(document($0)) } ?? .null, "ended_at": .null,
        ]
    }

    static func alarm(_ document: BSONDocument) -> StoredAlarm? {
        guard let page = document["page"]?.stringValue, let site = document["site"]?.stringValue,
            let type = document["type"]?.stringValue.flatMap(ItemType.init(rawValue:)),
            let field = document["field"]?.stringValue,
            let measure = document["measure"]?.stringValue.flatMap(DriftAlarm.Measure.init(rawValue:)),
            let since = document["since"]?.dateValue, let raisedAt = document["raised_at"]?.dateValue,
            let state = document["state"]?.stringValue.flatMap(StoredAlarm.State.init(rawValue:))
        else { return nil }
        let alarm = DriftAlarm(
            key: StatisticsKey(page: page, type: type), field: field, measure: measure,
            holds: document["holds"]?.boolValue ?? true, expected: document["expected"]?.doubleValue ?? 0,
            seen: document["seen"]?.doubleValue ?? 0, since: since, raisedAt: raisedAt,
            reference: StatisticsDocument.statistics(document["reference"]?.documentValue ?? [:]),
            samples: (document["samples"]?.arrayValue ?? []).compactMap { $0.documentValue.flatMap(sample) },
            before: document["before"]?.documentValue.flatMap(sample))
        return StoredAlarm(
            site: site, alarm: alarm, state: state, run: document["run"]?.stringValue ?? "",
            spider: document["spider"]?.stringValue ?? "", change: document["change"]?.intValue ?? 0,
            endedAt: document["ended_at"]?.dateValue)
    }

    static func document(_ sample: DriftSample) -> BSONDocument {
        ["url": .string(sample.url), "seen": sample.seen.map(BSONValue.string) ?? .null]
    }

    static func sample(_ document: BSONDocument) -> DriftSample? {
        document["url"]?.stringValue.map { DriftSample(url: $0, seen: document["seen"]?.stringValue) }
    }
}

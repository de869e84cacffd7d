import CrawlDomain
import MongoDriver

/// A run as `runs` holds it.
enum RunDocument {
    /// All fields but `_id` and `seen_at`.
    static func fields(of run: CrawlRun) -> BSONDocument {
        [
            "site": .string(run.site), "started_at": .date(run.startedAt),
            "ended_at": run.endedAt.map(BSONValue.date) ?? .null, "state": .string(run.state.rawValue),
            "reason": run.reason.map(BSONValue.string) ?? .null, "owner": run.owner.map(BSONValue.string) ?? .null,
            "efficiency": run.efficiency.map { .document(fields(of: $0)) } ?? .null,
            "paces": .array(run.paces.map { .document(fields(of: $0)) }),
            "shared_delay": .double(run.sharedDelaySeconds),
            "counters": .document(fields(of: run.counters)),
        ]
    }

    /// Reads a run; nil when it is none.
    static func run(_ document: BSONDocument) -> CrawlRun? {
        guard let id = document["_id"]?.stringValue, let site = document["site"]?.stringValue,
            let startedAt = document["started_at"]?.dateValue,
            let state = document["state"]?.stringValue.flatMap(CrawlRun.State.init)
        else { return nil }
        var run = CrawlRun(
            id: id, site: site, startedAt: startedAt, state: state,
            counters: counters(document["counters"]?.documentValue ?? [:]), endedAt: document["ended_at"]?.dateValue,
            reason: document["reason"]?.stringValue, owner: document["owner"]?.stringValue)
        run.paces = document["paces"]?.arrayValue?.compactMap { $0.documentValue.flatMap(pace) } ?? []
        run.sharedDelaySeconds = document["shared_delay"]?.doubleValue ?? 0
        run.efficiency = document["efficiency"]?.documentValue.flatMap { figures in
            guard let bound = figures["bound_seconds"]?.doubleValue, let seconds = figures["seconds"]?.doubleValue
            else { return nil }
            return CrawlEfficiency(boundSeconds: bound, seconds: seconds)
        }
        return run
    }

    private static func fields(of efficiency: CrawlEfficiency) -> BSONDocument {
        [
            "bound_seconds": .double(efficiency.boundSeconds), "seconds": .double(efficiency.seconds),
            "reached": efficiency.reached.map(BSONValue.double) ?? .null,
        ]
    }

    private static func fields(of pace: HostPace) -> BSONDocument {
        [
            "host": .string(pace.host), "requests": .int64(Int64(pace.requests)),
            "answer_seconds": .double(pace.answerSeconds), "delay": .double(pace.delaySeconds),
            "promise": .double(pace.promiseSeconds), "reason": .string(pace.reason),
        ]
    }

    private static func pace(_ document: BSONDocument) -> HostPace? {
        guard let host = document["host"]?.stringValue else { return nil }
        return HostPace(
            host: host, requests: document["requests"]?.intValue ?? 0,
            answerSeconds: document["answer_seconds"]?.doubleValue ?? 0,
            delaySeconds: document["delay"]?.doubleValue ?? 0, promiseSeconds: document["promise"]?.doubleValue ?? 0,
            reason: document["reason"]?.stringValue ?? "")
    }

    private static let numbers: [(name: String, path: any WritableKeyPath<CrawlCounters, Int> & Sendable)] = [
        ("pages", \.pages), ("not_modified", \.notModified), ("bytes", \.bytes), ("inserted", \.inserted),
        ("updated", \.updated), ("unchanged", \.unchanged), ("links_added", \.linksAdded), ("retries", \.retries),
        ("dead", \.dead), ("disallowed", \.disallowed), ("answer_ms", \.answerMilliseconds),
        ("wait_ms", \.waitMilliseconds),
    ]

    private static let tables: [(name: String, path: any WritableKeyPath<CrawlCounters, [String: Int]> & Sendable)] = [
        ("refused", \.refused), ("drops", \.drops), ("errors", \.errors), ("statuses", \.statuses),
        ("answers", \.answers),
    ]

    private static func fields(of counters: CrawlCounters) -> BSONDocument {
        var document = BSONDocument()
        for (name, path) in numbers { document[name] = .int64(Int64(counters[keyPath: path])) }
        for (name, path) in tables {
            let counts = counters[keyPath: path].sorted { $0.key < $1.key }
            document[name] = .document(BSONDocument(counts.map { ($0.key, .int64(Int64($0.value))) }))
        }
        return document
    }

    /// Counters that are numbers, and those that are tables.
    static var numberNames: [String] { numbers.map(\.name) }
    static var tableNames: [String] { tables.map(\.name) }

    static func counters(_ document: BSONDocument) -> CrawlCounters {
        var counters = CrawlCounters()
        for (name, path) in numbers { counters[keyPath: path] = document[name]?.intValue ?? 0 }
        for (name, path) in tables {
            for (key, value) in document[name]?.documentValue ?? [:] {
                counters[keyPath: path][key] = value.intValue
            }
        }
        return counters
    }
}

public import CrawlDomain
public import MongoDriver

/// How a recorded run stands.
public struct RecordedRun: Sendable, Hashable {
    /// How it stands; `running` also when its process is gone.
    public let state: CrawlRun.State
    /// Pages answered so far.
    public let pages: Int
    /// Why it ended.
    public let reason: String?
}

extension RunLog {
    /// One run; nil when it never began.
    public func run(_ id: String) async throws(MongoError) -> RecordedRun? {
        guard let document = try await database.collection(.runs).findOne(["_id": .string(id)]),
            let state = document["state"]?.stringValue.flatMap(CrawlRun.State.init)
        else { return nil }
        return RecordedRun(
            state: state, pages: document[path: "counters.pages"]?.intValue ?? 0,
            reason: document["reason"]?.stringValue)
    }
}

import MongoDriver

/// The indexes of one collection. Every query of this module is served by one of them.
struct IndexPlan {
    let collection: String
    let indexes: [IndexModel]

    private init(_ collection: CollectionName, _ indexes: [IndexModel]) {
        self.collection = collection.rawValue
        self.indexes = indexes
    }

    /// The few documents of which values are kept apart, by key; an index of `_id` alone cannot be of some documents only.
    static let quarantined = IndexModel(
        ["_id": 1, "site": 1], name: "quarantined", partialFilter: ["quarantine": ["$exists": true]])

    /// People's names are asked for in any letter case.
    static let caseless: BSONDocument = ["locale": "en", "strength": 2]

    static let all: [IndexPlan] = [
        // What to do next on a host: the ready ones by priority; those that become ready, by time.
        IndexPlan(
            .frontier,
            [
                IndexModel(["site": 1, "host": 1, "state": 1, "priority": -1, "due": 1]),
                IndexModel(["site": 1, "host": 1, "state": 1, "due": 1]),
            ]),
        IndexPlan(.queues, [IndexModel(["site": 1, "ready_at": 1]), IndexModel(["host": 1])]),
        IndexPlan(
            .hosts,
            [
                // Few hosts are instructed, and each run asks for those every second.
                IndexModel(["paused.since": 1], otherOptions: ["sparse": true]),
                IndexModel(["delay_override": 1], otherOptions: ["sparse": true]),
                // Few are left alone, and none of the others' robots.txt is to be read to find them.
                IndexModel(["closed_reason": 1], partialFilter: ["closed_reason": ["$gt": ""]]),
            ]),
        IndexPlan(
            .entries,
            [
                IndexModel(["related.id": 1, "related.site": 1]),
                IndexModel(["external_ids.id": 1, "external_ids.site": 1]),
                IndexModel(["title": 1]), quarantined,
            ]),
        IndexPlan(
            .reviews,
            [
                IndexModel(["entry_id": 1]), quarantined,
                IndexModel(["author": 1], otherOptions: ["collation": .document(caseless)]),
            ]),
        IndexPlan(
            .users,
            [
                IndexModel(["name": 1]), quarantined,
                IndexModel(["name": 1], name: "name_caseless", otherOptions: ["collation": .document(caseless)]),
            ]),
        IndexPlan(.forgotten, [IndexModel(["site": 1])]),
        IndexPlan(.imports, [IndexModel(["kind": 1, "site": 1])]),
        IndexPlan(.anime, [IndexModel(["entries": 1]), IndexModel(["titles": 1])]),
        IndexPlan(.aliases, [IndexModel(["entry": 1])]),
        // With the number, so that a document's newest change is found without sorting its history.
        IndexPlan(.changes, [IndexModel(["subject": 1, "key": 1, "_id": 1])]),
        // What may be removed is found without reading the chunks themselves.
        IndexPlan(.indexChunks, [IndexModel(["written": 1, "_id": 1])]),
        IndexPlan(.budgets, [IndexModel(["expires": 1], expireAfter: .zero)]),
        IndexPlan(
            .fieldStatistics, [IndexModel(["site": 1, "day": 1]), IndexModel(["expires": 1], expireAfter: .zero)]),
        IndexPlan(.driftAlarms, [IndexModel(["site": 1, "state": 1]), IndexModel(["state": 1, "holds": 1])]),
        IndexPlan(.openBlocks, [IndexModel(["site": 1])]),
        IndexPlan(
            .pages,
            [
                IndexModel(["site": 1, "fetched_at": 1]),
                // Equal bodies; and what the archive holds is summed from the index alone, as its documents are large.
                IndexModel(["site": 1, "content_hash": 1, "shared": 1, "size": 1, "length": 1], name: "content"),
            ]),
        IndexPlan(.runs, [IndexModel(["site": 1, "started_at": -1]), IndexModel(["site": 1, "state": 1])]),
        IndexPlan(
            .fires,
            [
                // What is due, and whose runner died.
                IndexModel(["state": 1, "start": 1]),
                IndexModel(["schedule": 1, "time": -1]),
                // No two fires of one site run at once, whoever claims them.
                IndexModel(["site": 1], isUnique: true, partialFilter: ["state": "running"]),
                IndexModel(["ended_at": 1], expireAfter: FireStore.retention),
            ]),
    ]
}

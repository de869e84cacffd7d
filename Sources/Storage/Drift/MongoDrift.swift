public import CrawlDomain
public import Foundation
public import MongoDriver

/// Statistics of fields by day in `field_statistics`, blocks that runs have begun in `open_blocks`, alarms in `drift_alarms`.
///
/// A site is held while an alarm of it that holds is open: there is no other place where that stands.
public struct MongoDrift: DriftStore {
    let database: AnimeDatabase

    private var statistics: MongoCollection { database.collection(.fieldStatistics) }
    private var blocks: MongoCollection { database.collection(.openBlocks) }
    private var alarms: MongoCollection { database.collection(.driftAlarms) }

    /// Days after which statistics are deleted.
    private static let daysKept = 400.0
    /// Days for which alarms are listed that hold nothing.
    private static let notesKept = 7.0
    private static let alarmsShown = 1_000

    /// Read by the index over site and day; a day that is no document of ours is passed over.
    public func history(site: String, since day: String, pages: Set<String>?) async throws -> [PageStatistics] {
        var filter: BSONDocument = ["site": .string(site), "day": ["$gte": .string(day)]]
        if let pages { filter["page"] = ["$in": .array(pages.sorted().map(BSONValue.string))] }
        return try await statistics.find(filter, FindOptions(sort: ["day": 1])).all().compactMap(Self.statistics)
    }

    /// One upsert a kind of page and day; days are deleted after 400 days by the server.
    public func add(_ news: [PageStatistics]) async throws {
        guard !news.isEmpty else { return }
        let expires = Date().addingTimeInterval(Self.daysKept * 86_400)
        let models = news.map { day in
            let (page, type) = (day.key.page, day.key.type.rawValue)
            return WriteModel.updateOne(
                ["_id": .string("\(day.site)|\(page)|\(type)|\(day.day)")],
                .operators([
                    "$inc": .document(StatisticsDocument.increments(day.fields)),
                    "$setOnInsert": [
                        "site": .string(day.site), "page": .string(page), "type": .string(type),
                        "day": .string(day.day), "expires": .date(expires),
                    ],
                ]), .upsert)
        }
        try await statistics.bulkWrite(models, ordered: false).throwIfAnyRowFailed()
    }

    /// Those of another version of the spider stay where they are until a run of this one replaces them.
    public func openBlocks(site: String, spider: String) async throws -> [OpenBlock] {
        try await blocks.find(["site": .string(site), "spider": .string(spider)]).all()
            .compactMap(OpenBlockDocument.block)
    }

    /// Whole documents are replaced: of two runs at once, the last one is kept.
    public func keep(_ open: [OpenBlock], site: String, spider: String) async throws {
        guard !open.isEmpty else { return }
        let models = open.map { block in
            let id = OpenBlockDocument.id(block.key, site: site)
            return WriteModel.replaceOne(
                ["_id": id], OpenBlockDocument.document(block, site: site, spider: spider), .upsert)
        }
        try await blocks.bulkWrite(models, ordered: false).throwIfAnyRowFailed()
        // Who was forgotten since the samples were taken has been looked for already.
        let documents = open.map { OpenBlockDocument.document($0, site: site, spider: spider) }
        try await SampleRedaction.removeForgotten(from: documents, of: site, in: database)
    }

    /// An open alarm keeps its beginning and its reference; a note of before that becomes a hold begins anew.
    public func raise(_ raised: [DriftAlarm], site: String, run: String, spider: String) async throws -> Set<String> {
        let change = try await database.changes.newest()
        var released: Set<String> = []
        for alarm in raised {
            let id = AlarmDocument.id(alarm.name, site: site)
            let current = AlarmDocument.current(alarm, run: run)
            let stored = try await alarms.findOne(["_id": id]).flatMap(AlarmDocument.alarm)
            // A note of before, which may be of something else, becomes a hold with its own beginning.
            if let stored, stored.state == .open, stored.alarm.holds || !alarm.holds {
                try await alarms.updateOne(["_id": id, "state": "open"], ["$set": .document(current)])
            } else if let stored, stored.state == .released, let ended = stored.endedAt, ended >= alarm.since {
                released.insert(alarm.name)
            } else {
                let document = current.merging(
                    AlarmDocument.new(alarm, site: site, spider: spider, change: change).merging(["_id": id]))
                try await alarms.replaceOne(["_id": id], with: document, .upsert)
            }
        }
        try await SampleRedaction.removeForgotten(
            from: raised.map { AlarmDocument.current($0, run: run) }, of: site, in: database)
        return released
    }

    /// Alarms, of a site or of all; the newest first.
    ///
    /// - Parameter isOpen: Only those that are open.
    public func alarms(site: String?, isOpen: Bool) async throws(MongoError) -> [StoredAlarm] {
        var filter: BSONDocument = [:]
        if let site { filter["site"] = .string(site) }
        if isOpen {
            filter["state"] = "open"
            // What holds nothing was a note: what it speaks of is usual by now.
            let oldest = Date().addingTimeInterval(-Self.notesKept * 86_400)
            filter["$or"] = [["holds": true], ["raised_at": ["$gte": .date(oldest)]]]
        }
        return try await alarms.find(filter, FindOptions(sort: ["raised_at": -1], limit: Self.alarmsShown)).all()
            .compactMap(AlarmDocument.alarm)
    }

    /// The sites whose publication is held.
    public func heldSites() async throws(MongoError) -> Set<String> { try await heldSites(session: nil) }

    func heldSites(session: MongoSession?) async throws(MongoError) -> Set<String> {
        let found = try await alarms.find(
            ["state": "open", "holds": true], FindOptions(projection: ["site": 1]), session: session
        ).all()
        return Set(found.compactMap { $0["site"]?.stringValue })
    }

    /// Ends alarms that a repaired spider has made groundless.
    public func lift(_ lifted: [StoredAlarm], at now: Date) async throws(MongoError) {
        for alarm in lifted { try await end(alarm, .lifted, at: now) }
    }

    /// Ends alarms because what they tell is as it should be: what is usual is learnt anew.
    public func release(_ released: [StoredAlarm], at now: Date) async throws(MongoError) {
        for alarm in released {
            try await statistics.updateMany(
                [
                    "site": .string(alarm.site), "page": .string(alarm.alarm.key.page),
                    "type": .string(alarm.alarm.key.type.rawValue),
                ], ["$unset": ["fields.\(alarm.alarm.field)": ""]])
            try await end(alarm, .released, at: now)
        }
    }

    private func end(_ alarm: StoredAlarm, _ state: StoredAlarm.State, at now: Date) async throws(MongoError) {
        // How far the chart has come is of what has just ended.
        try await blocks.updateOne(
            ["_id": OpenBlockDocument.id(alarm.alarm.key, site: alarm.site)],
            ["$unset": ["fields.\(alarm.alarm.field)": ""]])
        try await alarms.updateOne(
            ["_id": AlarmDocument.id(alarm.alarm.name, site: alarm.site), "state": "open"],
            ["$set": ["state": .string(state.rawValue), "ended_at": .date(now)]])
    }

    private static func statistics(_ document: BSONDocument) -> PageStatistics? {
        guard let site = document["site"]?.stringValue, let page = document["page"]?.stringValue,
            let type = document["type"]?.stringValue.flatMap(ItemType.init(rawValue:)),
            let day = document["day"]?.stringValue
        else { return nil }
        var fields: [String: FieldStatistics] = [:]
        for (name, value) in document["fields"]?.documentValue ?? [:] {
            if let counted = value.documentValue { fields[name] = StatisticsDocument.statistics(counted) }
        }
        return PageStatistics(site: site, key: StatisticsKey(page: page, type: type), day: day, fields: fields)
    }
}

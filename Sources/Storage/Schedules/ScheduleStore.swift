public import CrawlDomain
public import Foundation
public import MongoDriver
import WebStandards

/// What is remembered of schedules: `schedules` holds one document each.
public struct ScheduleStore: Sendable {
    /// As many fires of one schedule wait at most; more are left out.
    static let longestQueue = 100

    let database: AnimeDatabase

    private var schedules: MongoCollection { database.collection(.schedules) }

    /// The server's clock, by which fires become due: clocks of schedulers do not matter.
    public func now() async throws(MongoError) -> Date {
        let hello = try await database.database.runCommand(["hello": 1])
        guard let time = hello["localTime"]?.dateValue else {
            throw MongoError(.command, "the server does not say what time it is")
        }
        return time
    }

    /// Makes a definition the one that all schedulers go by.
    ///
    /// Where it is new, or fires at other times than the one before, it starts now: it owes no fire of the past. Otherwise fires since the last
    /// one considered are still owed.
    public func adopt(_ schedule: Schedule) async throws(MongoError) {
        let timing = BSONValue.literal(schedule.timingIdentity)
        let considered: BSONValue = [
            "$cond": [["$eq": ["$timing", timing]], "$considered", ["$max": ["$considered", "$$NOW"]]]
        ]
        let set: BSONDocument = [
            "site": .literal(schedule.site), "when": .literal(schedule.timing.description),
            "zone": .literal(schedule.zoneName), "definition": .literal(schedule.definition),
            "considered": considered, "paused": ["$ifNull": ["$paused", false]], "adopted_at": "$$NOW",
        ]
        // The old timing is read by the first stage and replaced by the second one.
        try await schedules.updateOne(
            ["_id": .string(schedule.name)],
            .pipeline([["$set": .document(set)], ["$set": ["timing": timing]]]), .upsert)
    }

    /// All schedules that were ever adopted, by name.
    public func states() async throws(MongoError) -> [String: ScheduleState] {
        let states = try await schedules.find().all().compactMap(Self.state)
        return Dictionary(states.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// Stores what is due, and that it has been dealt with. Idempotent, and harmless when an old plan is recorded late: a fire is stored once.
    public func record(_ plan: FirePlan, of schedule: Schedule) async throws(MongoError) {
        if !plan.fires.isEmpty {
            let waiting = try await database.fires.waiting(schedule.name)
            let rows = plan.fires.enumerated().map { index, fire in
                let isTooMany = fire.skip == nil && waiting + index >= Self.longestQueue
                let reason = isTooMany ? "\(waiting) fires are waiting already" : fire.skip?.rawValue
                return WriteModel.updateOne(
                    ["_id": .string(Fire.id(of: schedule.name, fire.time))],
                    ["$setOnInsert": .document(FireDocument.new(fire, of: schedule, skip: reason))], .upsert)
            }
            // Before the schedule: a death in between stores them again, under the same keys.
            try await database.collection(.fires).bulkWrite(rows, ordered: false).throwIfAnyRowFailed()
        }
        try await schedules.updateOne(
            ["_id": .string(schedule.name), "definition": .string(schedule.definition)],
            [
                "$max": ["considered": .date(Date(timeIntervalSince1970: Double(plan.considered)))],
                "$set": ["next": plan.wake.map { .date(Date(timeIntervalSince1970: Double($0))) } ?? .null],
            ])
    }

    /// Pauses a schedule, or lets it go on from now: what it missed while paused is not made up for.
    ///
    /// - Returns: Whether it is known.
    public func setPaused(_ isPaused: Bool, _ name: String) async throws(MongoError) -> Bool {
        let set: BSONDocument = isPaused ? ["paused": true, "next": .null] : ["paused": false, "considered": "$$NOW"]
        return try await schedules.updateOne(["_id": .string(name)], .pipeline([["$set": .document(set)]]))
            .matchedCount == 1
    }

    private static func state(_ document: BSONDocument) -> ScheduleState? {
        guard let name = document["_id"]?.stringValue, let definition = document["definition"]?.stringValue,
            let considered = document["considered"]?.dateValue
        else { return nil }
        return ScheduleState(
            name: name, definition: definition, considered: considered, next: document["next"]?.dateValue,
            isPaused: document["paused"]?.boolValue ?? false)
    }
}

extension BSONValue {
    /// A text in a pipeline, whatever it begins with.
    static func literal(_ text: String) -> BSONValue { ["$literal": .string(text)] }
}

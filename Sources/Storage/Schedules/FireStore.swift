public import CrawlDomain
import Foundation
public import MongoDriver
import WebStandards

/// The fires of all schedules, and who runs them: `fires` holds one document each.
///
/// A unique index over the site of running fires makes it impossible that two of one site run at once. Leases end by the server's clock, and
/// every write of a holder carries the token of its lease.
public struct FireStore: Sendable {
    /// Runners that may die over one fire; then it has failed.
    public static let maximumAttempts = 5
    /// How long an ended fire is kept.
    static let retention: Duration = .seconds(90 * 86_400)

    let database: AnimeDatabase

    private var fires: MongoCollection { database.collection(.fires) }

    /// Makes fires due again whose runner died; those over which too many died have failed.
    ///
    /// - Returns: How many there were.
    @discardableResult
    public func reap() async throws(MongoError) -> Int {
        let isSpent: BSONValue = ["$gte": ["$attempts", .int64(Int64(Self.maximumAttempts))]]
        return try await fires.updateMany(
            ["state": "running", "$expr": ["$lte": ["$until", "$$NOW"]]],
            .pipeline([
                [
                    "$set": [
                        "state": ["$cond": [isSpent, "failed", "due"]],
                        "reason": [
                            "$cond": [isSpent, .literal("its runner died \(Self.maximumAttempts) times"), .null]
                        ],
                        "ended_at": ["$cond": [isSpent, "$$NOW", .null]], "owner": .null, "until": .null,
                    ]
                ]
            ])
        ).modifiedCount
    }

    /// Fires of some schedules whose time has come, oldest first.
    ///
    /// - Parameter limit: Of one schedule at most, so that those of one whose site is busy for long keep no other schedule's out of sight.
    public func due(of schedules: [String], limit: Int = 20) async throws(MongoError) -> [Fire] {
        let order: BSONDocument = ["$sort": ["start": 1, "_id": 1]]
        return try await fires.aggregate([
            [
                "$match": [
                    "state": "due", "schedule": ["$in": .array(schedules.map(BSONValue.string))],
                    "$expr": ["$lte": ["$start", "$$NOW"]],
                ]
            ],
            order, ["$group": ["_id": "$schedule", "fires": ["$push": "$$ROOT"]]],
            ["$project": ["fires": ["$slice": ["$fires", .int64(Int64(limit))]]]], ["$unwind": "$fires"],
            ["$replaceRoot": ["newRoot": "$fires"]], order,
        ]).all().compactMap(FireDocument.fire)
    }

    /// Takes a due fire.
    public func claim(_ fire: Fire, owner: String, seconds: Int) async throws(MongoError) -> FireClaim {
        try await take(["_id": .string(fire.id), "state": "due"], owner: owner, seconds: seconds)
    }

    /// Takes a fire over from the one who claimed it and asked for that, once.
    public func takeOver(_ id: String, token: Int, owner: String, seconds: Int) async throws(MongoError) -> FireClaim {
        try await take(
            ["_id": .string(id), "state": "running", "token": .int64(Int64(token))], owner: owner, seconds: seconds,
            isNewAttempt: false)
    }

    /// Takes a fire that somebody wants by hand, whether it has come up or not.
    ///
    /// - Parameter again: Also where it was left out or has failed.
    public func claimByHand(
        _ time: Int64, of schedule: Schedule, owner: String, seconds: Int
    ) async throws(MongoError) -> FireClaim {
        let id = Fire.id(of: schedule.name, time)
        let new = FireDocument.new(PlannedFire(time: time, start: time), of: schedule, skip: nil)
        let filter: BSONDocument = ["_id": .string(id), "state": ["$in": ["due", "skipped", "failed"]]]
        let claim = try await take(filter, owner: owner, seconds: seconds, byHand: true)
        guard case .gone = claim, try await fires.findOne(["_id": .string(id)]) == nil else { return claim }
        // Not there yet: it comes into being as running, so that nobody else sees it due.
        return try await take(
            ["_id": .string(id), "state": "due"], owner: owner, seconds: seconds, byHand: true, inserting: new)
    }

    /// Prolongs a lease; false when it was lost.
    public func renew(_ lease: FireLease, seconds: Int) async throws(MongoError) -> Bool {
        try await fires.updateOne(held(lease), .pipeline([["$set": ["until": Self.serverTime(in: seconds)]]]))
            .matchedCount == 1
    }

    /// Notes the run that is about to begin; false when the lease was lost.
    public func note(run: String, of lease: FireLease) async throws(MongoError) -> Bool {
        try await fires.updateOne(held(lease), ["$set": ["run": .string(run)]]).matchedCount == 1
    }

    /// Ends a fire; false when the lease was lost, and nothing is written.
    @discardableResult
    public func finish(_ lease: FireLease, _ state: Fire.State, reason: String?) async throws(MongoError) -> Bool {
        try await end(held(lease), state, reason: reason)
    }

    /// Gives a fire back, to be gone on with by whoever comes next; false when the lease was lost.
    @discardableResult
    public func giveBack(_ lease: FireLease) async throws(MongoError) -> Bool {
        try await fires.updateOne(
            held(lease),
            [
                "$set": ["state": "due", "owner": .null, "until": .null],
                // Stopping is no fault of the fire's.
                "$inc": ["attempts": .int64(-1)],
            ]
        ).matchedCount == 1
    }

    /// Leaves out a fire that nobody has run yet.
    public func skip(_ fire: Fire, reason: String) async throws(MongoError) {
        try await end(["_id": .string(fire.id), "state": "due", "attempts": 0], .skipped, reason: reason)
    }
}

extension FireStore {
    /// One fire.
    public func fire(_ id: String) async throws(MongoError) -> Fire? {
        try await fires.findOne(["_id": .string(id)]).flatMap(FireDocument.fire)
    }

    /// The newest fires of a schedule, newest first.
    public func latest(of schedule: String, limit: Int = 1) async throws(MongoError) -> [Fire] {
        try await fires.find(["schedule": .string(schedule)], FindOptions(sort: ["time": -1], limit: limit)).all()
            .compactMap(FireDocument.fire)
    }

    /// The fire of a site that is being run.
    public func running(site: String) async throws(MongoError) -> Fire? {
        try await fires.findOne(["site": .string(site), "state": "running"]).flatMap(FireDocument.fire)
    }

    func waiting(_ schedule: String) async throws(MongoError) -> Int {
        try await fires.count(["schedule": .string(schedule), "state": "due"], limit: ScheduleStore.longestQueue)
    }

    private func take(
        _ filter: BSONDocument, owner: String, seconds: Int, isNewAttempt: Bool = true, byHand: Bool = false,
        inserting new: BSONDocument = [:]
    ) async throws(MongoError) -> FireClaim {
        var set: BSONDocument = new.reduce(into: [:]) { set, field in
            set[field.key] = .document(["$ifNull": [.string("$\(field.key)"), .document(["$literal": field.value])]])
        }
        if byHand { set["kind"] = .literal(Fire.Kind.manual.rawValue) }
        let claim: BSONDocument = [
            "state": "running", "owner": .literal(owner), "until": Self.serverTime(in: seconds), "reason": .null,
            "token": ["$add": [["$ifNull": ["$token", .int64(0)]], .int64(1)]],
            "attempts": ["$add": [["$ifNull": ["$attempts", .int64(0)]], .int64(isNewAttempt ? 1 : 0)]],
            "started_at": ["$ifNull": ["$started_at", "$$NOW"]], "ended_at": .null,
        ]
        do {
            let document = try await fires.findOneAndUpdate(
                filter, .pipeline([["$set": .document(set.merging(claim))]]),
                FindAndUpdateOptions(upsert: !new.isEmpty))
            guard let fire = document.flatMap(FireDocument.fire) else { return .gone }
            return .claimed(FireLease(fire: fire, owner: owner))
        } catch  where error.code == .duplicateKey {
            // Either the site has a running fire, or the fire has come into being meanwhile.
            if !new.isEmpty, try await fires.findOne(["_id": filter["_id"] ?? .null]) != nil { return .gone }
            return .siteIsBusy
        }
    }

    @discardableResult
    private func end(_ filter: BSONDocument, _ state: Fire.State, reason: String?) async throws(MongoError) -> Bool {
        let set: BSONDocument = [
            "state": .literal(state.rawValue), "reason": reason.map { .literal(String($0.prefix(1_000))) } ?? .null,
            "ended_at": "$$NOW", "owner": .null, "until": .null,
        ]
        return try await fires.updateOne(filter, .pipeline([["$set": .document(set)]])).matchedCount == 1
    }

    private func held(_ lease: FireLease) -> BSONDocument {
        [
            "_id": .string(lease.fire.id), "state": "running", "token": .int64(Int64(lease.token)),
            "owner": .string(lease.owner),
        ]
    }

    private static func serverTime(in seconds: Int) -> BSONValue { ["$add": ["$$NOW", .int64(Int64(seconds) * 1000)]] }
}

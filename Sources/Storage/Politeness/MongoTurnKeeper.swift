public import CrawlDomain
import Foundation
import MongoDriver

/// Turns in the collection `turns`, each change one atomic step by the server's clock.
public struct MongoTurnKeeper: TurnKeeper {
    let database: AnimeDatabase

    /// What the server's time, in whole milliseconds, may lag behind an answer's end.
    private static let tick: Duration = .milliseconds(1)

    private var turns: MongoCollection { database.collection(.turns) }

    /// One update that takes the turn or leaves it, and tells which; two holders cannot both have it.
    public func take(_ turn: Turn, holder: String, hold: Duration) async throws -> TurnAnswer {
        let isFree = Self.isFree(turn, holder: holder)
        let update: BSONDocument = [
            "holder": ["$cond": [isFree, .string(holder), ["$ifNull": ["$holder", .null]]]],
            "until": ["$cond": [isFree, MongoFrontier.serverTime(in: hold), ["$ifNull": ["$until", .null]]]],
        ]
        let (document, now) = try await change(turn, update)
        if document["holder"]?.stringValue == holder { return .taken }
        func left(_ path: BSONValue?, plus gap: Duration = .zero) -> Duration {
            path?.dateValue.map { .seconds($0.timeIntervalSince(now)) + gap } ?? .zero
        }
        let blocked = left(document["blocked"]?.documentValue?[turn.site])
        if blocked > .zero { return .blocked(blocked) }
        let wait = max(left(document["next"]), left(document["ended"], plus: turn.gap))
        return wait > .zero ? .wait(wait + Self.tick) : .busy
    }

    /// The gap counts from the server's time when this arrives, which is after the answer's end.
    public func end(_ turn: Turn, holder: String) async throws {
        let next = MongoFrontier.serverTime(in: turn.gap + Self.tick)
        _ = try await change(
            turn,
            Self.freed(from: holder).merging([
                "ended": "$$NOW", "next": ["$max": ["$next", next]],
            ]))
    }

    /// Without a gap: nothing was asked.
    public func giveBack(_ turn: Turn, holder: String) async throws {
        _ = try await change(turn, Self.freed(from: holder))
    }

    /// For one site; others at the same address go on.
    public func block(_ turn: Turn, for pause: Duration) async throws {
        let until = MongoFrontier.serverTime(in: pause)
        _ = try await change(
            turn, ["blocked": [turn.site: ["$max": [.string("$blocked.\(turn.site)"), until]]]])
    }

    /// Changes a turn; returns it as it is then, with the server's time.
    private func change(_ turn: Turn, _ fields: BSONDocument) async throws -> (BSONDocument, now: Date) {
        try await turns.upsert(turn.key, [["$set": .document(fields)]])
    }

    /// Nobody holds the turn (a holder that is silent for too long is dead, and its answer ended then at the latest), the gap has passed
    /// by its last holder's measure and by ours, and the site is not to be left alone.
    private static func isFree(_ turn: Turn, holder: String) -> BSONValue {
        let gap = BSONValue.int64((turn.gap + Self.tick).wholeMilliseconds)
        return [
            "$and": [
                [
                    "$or": [
                        ["$in": [["$ifNull": ["$holder", .null]], [.null, .string(holder)]]],
                        ["$lte": [["$add": ["$until", gap]], "$$NOW"]],
                    ]
                ],
                ["$lte": [["$ifNull": ["$next", "$$NOW"]], "$$NOW"]],
                ["$lte": [["$ifNull": [["$add": ["$ended", gap]], "$$NOW"]], "$$NOW"]],
                ["$lte": [["$ifNull": [.string("$blocked.\(turn.site)"), "$$NOW"]], "$$NOW"]],
            ]
        ]
    }

    private static func freed(from holder: String) -> BSONDocument {
        let isOurs: BSONValue = ["$eq": ["$holder", .string(holder)]]
        return [
            "holder": ["$cond": [isOurs, .null, ["$ifNull": ["$holder", .null]]]],
            "until": ["$cond": [isOurs, .null, ["$ifNull": ["$until", .null]]]],
        ]
    }
}

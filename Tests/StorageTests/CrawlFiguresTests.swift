import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct CrawlFiguresTests {
    @Test("a census counts what `counts` and `backlog` count, and when pages are visited again")
    func census() async throws {
        try await TemporaryDatabase.with { temporary in
            let frontier = temporary.database.frontier
            _ = try await frontier.add((0..<9).map { Samples.url("/anime/\($0)") })
            let urls = temporary.client.database(temporary.name).collection("frontier")
            // State, and hours until it is due.
            let rows: [(state: String, hours: Double?)] = [
                ("done", nil), ("done", -30), ("done", -1), ("done", 0.5), ("done", 20), ("done", 100), ("done", 1_000),
                ("due", -2), ("retry", 1),
            ]
            for (index, row) in rows.enumerated() {
                let due = row.hours.map { BSONValue.date(Date().addingTimeInterval($0 * 3_600)) } ?? .null
                try await urls.updateOne(
                    ["url": .string(Samples.url("/anime/\(index)").url.href)],
                    ["$set": ["state": .string(row.state), "due": due]])
            }
            _ = try await frontier.add([Samples.url("/new")])
            let census = try await frontier.census(site: "demo")
            #expect(census.counts == (try await frontier.counts(site: "demo")))
            #expect(census.counts == [.done: 7, .due: 2, .retry: 1])
            #expect(
                census.turns
                    == [.never: 1, .longAgo: 1, .past: 2, .soon: 1, .today: 1, .thisWeek: 1, .later: 1])
            let control = temporary.database.control
            #expect(try await control.backlog(of: census, most: 10) == (try await control.backlog(site: "demo")))
            #expect(try await control.backlog(of: census, most: 0).isEmpty)
            #expect(try await frontier.census(site: "other") == FrontierCensus())
        }
    }

    @Test("changes are counted by hour and by site, as far back as is looked")
    func hourly() async throws {
        try await TemporaryDatabase.with { temporary in
            let changes = temporary.client.database(temporary.name).collection("changes")
            let now = Date()
            let rows: [(key: String, subject: String, operation: String, hours: Double)] = [
                ("demo:1", "entry", "insert", 30), ("demo:1", "entry", "update", 1), ("demo:2", "user", "insert", 0),
                ("other:1", "review", "insert", 0), ("demo:3", "entry", "delete", 0),
                ("A title: one", "anime", "insert", 0),
            ]
            for (index, row) in rows.enumerated() {
                try await changes.insert([
                    "_id": .int64(Int64(index + 1)), "subject": .string(row.subject), "key": .string(row.key),
                    "operation": .string(row.operation), "fields": [],
                    "cause": ["kind": "crawl", "id": "r"], "at": .date(now.addingTimeInterval(-row.hours * 3_600)),
                ])
            }
            try await temporary.client.database(temporary.name).collection("counters").insert([
                "_id": "changes", "value": .int64(6),
            ])
            let log = temporary.database.changes
            let hourly = try await log.hourly(hours: 24, now: now)
            #expect(hourly.mapValues(\.total) == ["demo": 2, "other": 1])
            #expect(Array((hourly["demo"]?.counts ?? []).suffix(2)) == [1, 1])
            #expect(try await log.hourly(hours: 24, now: now, most: 3).mapValues(\.total) == ["other": 1])
        }
    }

    @Test("keys are the same for all processes on a database, another one for each purpose and database")
    func keys() async throws {
        try await TemporaryDatabase.with { first in
            let key = try await first.database.key(for: "a")
            let process = AnimeDatabase(client: first.client, name: first.name)
            #expect(key.count == 32 && (try await process.key(for: "a")) == key)
            #expect(try await first.database.key(for: "b") != key)
            try await TemporaryDatabase.with { second in #expect(try await second.database.key(for: "a") != key) }
        }
    }
}

import CrawlDomain
import Foundation
import Indexing
import Storage
import TestSupport
import Testing
import WebStandards

/// A catalogue on a database of its own, whose entries a test changes and lets be followed.
struct CatalogueRig {
    let temporary: TemporaryDatabase
    let follower: CatalogueFollower

    static let cause = ChangeCause(.import, id: "test")

    static func with<Value>(_ body: (CatalogueRig) async throws -> Value) async throws -> Value {
        try await TemporaryDatabase.with { temporary in
            try await body(
                CatalogueRig(temporary: temporary, follower: CatalogueFollower(database: temporary.database)))
        }
    }

    var database: AnimeDatabase { temporary.database }

    /// An entry as its page says; of two with a title the first one's key comes first.
    static func entry(
        _ id: Int, _ title: String, aired: String = "2001", type: String = "TV", related: [(String, Int)] = [],
        same: [(String, Int)] = [], site: String = "demo"
    ) -> Item {
        let rows: [JSONValue] = related.map { relation, target in
            [
                "relation": .string(relation), "site": .string(site), "id": .int(Int64(target)), "kind": "anime",
                "title": .null, "url": .string("https://\(site).example/anime/\(target)"),
            ]
        }
        let elsewhere: [JSONValue] = same.map { ["site": .string($0.0), "id": .int(Int64($0.1)), "url": .null] }
        return Item(
            type: .entry, key: "\(site):\(id)",
            fields: [
                "_id": .string("\(site):\(id)"), "site": .string(site), "id": .int(Int64(id)),
                "url": .string("https://\(site).example/anime/\(id)"), "title": .string(title), "type": .string(type),
                "title_synonyms": [], "genres": [], "openings": [], "endings": [], "related": .array(rows),
                "external_ids": .array(elsewhere), "adult": false,
                "aired": ["from": .string(aired), "to": .null, "text": .string(aired)],
            ])
    }

    /// Stores entries as an import does, and has them followed; tells which anime were written.
    @discardableResult
    func follow(_ items: Item...) async throws -> [Change] { try await follow(items) }

    @discardableResult
    func follow(_ items: [Item]) async throws -> [Change] {
        _ = try await database.ledger.store(items, cause: Self.cause)
        let before = try await database.changes.newest()
        try await follower.catchUp()
        return try await database.changes.changes(after: before, limit: 10_000).filter { $0.subject == .anime }
    }

    /// Anime ids with the keys of their entries.
    func anime() async throws -> [String: [String]] {
        var anime: [String: [String]] = [:]
        try await database.catalogue.forEachAnime { document in
            anime[document["_id"]?.stringValue ?? ""] = document["entries"]?.arrayValue?.compactMap(\.stringValue)
        }
        return anime
    }

    /// The anime that an id means now: its own, else by an alias.
    func meaning(of id: String) async throws -> String? {
        if try await !database.catalogue.existingAnime([id]).isEmpty { return id }
        return try await database.catalogue.anime(formerlyCalled: id)?["_id"]?.stringValue
    }
}

public import CrawlDomain
import Foundation
public import MongoDriver
public import WebStandards

/// A review's text and how many people reacted to it.
public struct ReviewText: Sendable, Hashable {
    /// The text as stored.
    public let text: String
    /// Helpful votes or reactions.
    public let noticed: Int
}

/// Entries, their reviews and the anime made of them, as the catalogue reads and writes them.
public struct CatalogueStore: Sendable {
    let database: AnimeDatabase

    var entries: MongoCollection { database.collection(.entries) }
    var anime: MongoCollection { database.collection(.anime) }

    /// Entries by key; unknown keys are left out.
    ///
    /// - Parameter fields: What is read of them, paths of fields; nil for everything.
    public func entries(
        _ keys: some Sequence<String>, fields: [String]? = nil
    ) async throws(MongoError) -> [JSONObject] {
        try await entries.find(
            ["_id": ["$in": .array(keys.map(BSONValue.string))]], FindOptions(projection: fields.map(Self.projection))
        ).all().map(\.jsonObject)
    }

    /// Entries that state a relation to one of these.
    ///
    /// - Parameters:
    ///   - ids: Numbers or names of entries of one site.
    ///   - relations: A pattern (PCRE) of relations that count, whatever their case.
    ///   - fields: What is read of them, paths of fields.
    public func entries(
        relatedTo ids: [JSONValue], site: String, by relations: String, fields: [String]
    ) async throws(MongoError) -> [JSONObject] {
        let row: BSONDocument = [
            "id": ["$in": .array(Self.spellings(of: ids))], "site": .string(site), "kind": "anime",
            "relation": .regex(BSONRegularExpression(pattern: relations, options: "i")),
        ]
        return try await entries.find(
            ["related": ["$elemMatch": .document(row)]], FindOptions(projection: Self.projection(fields))
        ).all().map(\.jsonObject)
    }

    /// Entries that say that one of these is the same anime.
    ///
    /// - Parameters:
    ///   - ids: Numbers or names of entries of one site.
    ///   - fields: What is read of them, paths of fields.
    public func entries(
        sameAs ids: [JSONValue], site: String, fields: [String]
    ) async throws(MongoError) -> [JSONObject] {
        let row: BSONDocument = ["id": ["$in": .array(Self.spellings(of: ids))], "site": .string(site)]
        return try await entries.find(
            ["external_ids": ["$elemMatch": .document(row)]], FindOptions(projection: Self.projection(fields))
        ).all().map(\.jsonObject)
    }

    /// Calls `body` with every entry, in no order.
    ///
    /// - Parameter fields: What is read of them, paths of fields; nil for everything.
    public func forEachEntry(fields: [String]? = nil, _ body: (JSONObject) throws -> Void) async throws {
        let options = FindOptions(projection: fields.map(Self.projection))
        for try await document in try await entries.find([:], options) { try body(document.jsonObject) }
    }

    /// Reviews by entry, the most noticed first.
    public func reviewTexts(ofEntries keys: [String]) async throws(MongoError) -> [String: [ReviewText]] {
        let found = try await database.collection(.reviews).find(
            ["entry_id": ["$in": .array(keys.map(BSONValue.string))]],
            FindOptions(projection: ["entry_id": 1, "text": 1, "helpful": 1, "reactions": 1])
        ).all().sorted { ($0["_id"]?.stringValue ?? "") < ($1["_id"]?.stringValue ?? "") }
        var texts: [String: [ReviewText]] = [:]
        for review in found {
            guard let entry = review["entry_id"]?.stringValue, let text = review["text"]?.stringValue else { continue }
            texts[entry, default: []].append(ReviewText(text: text, noticed: Self.noticed(review)))
        }
        return texts.mapValues { $0.sorted { $0.noticed > $1.noticed } }
    }

    /// The entries that these reviews are about; a review that is gone is left out.
    public func entriesReviewed(by reviews: [String]) async throws(MongoError) -> [String] {
        guard !reviews.isEmpty else { return [] }
        return try await database.collection(.reviews).find(
            ["_id": ["$in": .array(reviews.map(BSONValue.string))]], FindOptions(projection: ["entry_id": 1])
        ).all().compactMap { $0["entry_id"]?.stringValue }
    }

    /// The anime that hold one of these entries, with the keys of their entries, of those they stay apart from, and their main title.
    public func anime(holding keys: some Sequence<String>) async throws(MongoError) -> [JSONObject] {
        try await anime.find(
            ["entries": ["$in": .array(keys.map(BSONValue.string))]], FindOptions(projection: Self.membership)
        ).all().map(\.jsonObject)
    }

    /// The keys of all entries of these anime, with their main title.
    public func memberships() async throws(MongoError) -> [JSONObject] {
        try await anime.find([:], FindOptions(projection: Self.membership)).all().map(\.jsonObject)
    }

    private static let membership: BSONDocument = ["entries": 1, "apart": 1, "titles": ["$slice": 1]]

    /// The anime whose main title is one of these, with the keys of their entries.
    public func anime(mainlyTitled titles: Set<String>) async throws(MongoError) -> [JSONObject] {
        let wanted = BSONValue.array(titles.sorted().map(BSONValue.string))
        // The index is on all titles; the first one is checked among what it finds.
        return try await anime.find(
            ["titles": ["$in": wanted], "titles.0": ["$in": wanted]], FindOptions(projection: Self.membership)
        ).all().map(\.jsonObject)
    }

    /// Which of these ids are taken; of all ids when nil.
    public func animeIDs(among ids: [String]? = nil) async throws(MongoError) -> Set<String> {
        let filter: BSONDocument = ids.map { ["_id": ["$in": .array($0.map(BSONValue.string))]] } ?? [:]
        return Set(
            try await anime.find(filter, FindOptions(projection: ["_id": 1])).all()
                .compactMap { $0["_id"]?.stringValue })
    }

    /// The anime of these ids; unknown ids are left out.
    public func existingAnime(_ ids: [String]) async throws(MongoError) -> [JSONObject] {
        try await anime.find(["_id": ["$in": .array(ids.map(BSONValue.string))]]).all().map(\.jsonObject)
    }

    /// Calls `body` with every anime, by id.
    public func forEachAnime(_ body: (JSONObject) throws -> Void) async throws {
        for try await document in try await anime.find([:], FindOptions(sort: ["_id": 1])) {
            try body(document.jsonObject)
        }
    }

    /// How many entries and anime there are.
    public func counts() async throws(MongoError) -> (entries: Int, anime: Int) {
        (try await entries.estimatedCount(), try await anime.estimatedCount())
    }

    /// Replaces, adds and removes anime, with their changes and aliases, in one transaction that only the holder of the turn can make.
    public func write(
        _ write: CatalogueWrite, cause: ChangeCause, turn: ConsumerTurn
    ) async throws(StorageError) -> CommitSummary {
        guard !write.isEmpty else { return CommitSummary() }
        let departures = write.departures.map { departure in
            var write = DocumentWriter.Write(subject: .anime, collection: .anime, key: departure.id, fields: nil)
            write.successor = departure.successor
            return write
        }
        let writes =
            write.anime.map {
                DocumentWriter.Write(subject: .anime, collection: .anime, key: $0.id, fields: $0.document)
            } + departures
        await database.transactions.take()
        defer { database.transactions.giveBack() }
        return try await database.client.withTransaction { session throws(StorageError) in
            try await turn.fence(session)
            let now = Date()
            let writer = DocumentWriter(database: database, session: session, cause: cause, now: now)
            let summary = try await writer.write(writes).summary
            try await StorageError.wrapping { () throws(MongoError) in
                try await rename(write, at: now, session: session)
            }
            return summary
        }
    }

    /// Sites that write a number as a text mean the same one.
    private static func spellings(of ids: [JSONValue]) -> [BSONValue] {
        let others = ids.compactMap { id in
            id.intValue.map { JSONValue.string(String($0)) } ?? id.stringValue.flatMap { Int64($0) }.map(JSONValue.int)
        }
        return (ids + others).map { BSONValue($0) }
    }

    private static func projection(_ fields: [String]) -> BSONDocument {
        BSONDocument(fields.map { ($0, .int32(1)) })
    }

    private static func noticed(_ review: BSONDocument) -> Int {
        let reactions = review["reactions"]?.documentValue?.compactMap { $0.value.intValue }.reduce(0, +)
        return reactions ?? review["helpful"]?.intValue ?? 0
    }
}

public import Foundation
import MongoDriver

/// One published state of the index.
public struct IndexVersion: Sendable {
    /// 1, 2, 3 …
    public let number: Int
    /// The last change folded in.
    public let change: Int
    /// Which change log that number is of (``ChangeLog/identity()``); nil in versions of older programs.
    public let log: String?
    /// How its parts are written; 1 where it does not say.
    public let format: Int
    /// When it was published, by the server's clock.
    public let publishedAt: Date
    /// "rebuild" or "update".
    public let built: String
    /// Anime that can be recommended.
    public let items: Int
    /// People whose ratings are in it.
    public let users: Int
    /// Descriptions changed since the topics were fitted.
    public let topicsChanges: Int
    /// Sites whose changes after a number are left out, because their publication is held.
    public let held: [String: Int]
    /// Part → hashes of its chunks, in order.
    public let parts: [String: [String]]
}

/// What a new version says of itself, beside its parts.
public struct IndexDescription: Sendable {
    /// As ``IndexVersion/change``.
    public var change: Int
    /// As ``IndexVersion/log``.
    public var log: String?
    /// As ``IndexVersion/format``.
    public var format: Int
    /// As ``IndexVersion/built``.
    public var built: String
    /// As ``IndexVersion/items``.
    public var items: Int
    /// As ``IndexVersion/users``.
    public var users: Int
    /// As ``IndexVersion/topicsChanges``.
    public var topicsChanges: Int
    /// As ``IndexVersion/held``.
    public var held: [String: Int]

    /// Describes a version.
    public init(
        change: Int, log: String? = nil, format: Int = 1, built: String, items: Int, users: Int, topicsChanges: Int,
        held: [String: Int] = [:]
    ) {
        (self.change, self.log, self.built, self.items, self.users) = (change, log, built, items, users)
        (self.format, self.topicsChanges, self.held) = (format, topicsChanges, held)
    }
}

extension IndexVersion {
    init(number: Int, publishedAt: Date, _ description: IndexDescription, parts: [String: [String]]) {
        self.init(
            number: number, change: description.change, log: description.log, format: description.format,
            publishedAt: publishedAt,
            built: description.built, items: description.items, users: description.users,
            topicsChanges: description.topicsChanges, held: description.held, parts: parts)
    }

    init?(_ document: BSONDocument) {
        guard let number = document["_id"]?.intValue, let change = document["change"]?.intValue,
            let publishedAt = document["published_at"]?.dateValue, let parts = document["parts"]?.documentValue
        else { return nil }
        self.init(
            number: number, change: change, log: document["log"]?.stringValue,
            format: document["format"]?.intValue ?? 1, publishedAt: publishedAt,
            built: document["built"]?.stringValue ?? "rebuild",
            items: document["items"]?.intValue ?? 0, users: document["users"]?.intValue ?? 0,
            topicsChanges: document["topics_changes"]?.intValue ?? 0,
            held: (document["held"]?.documentValue).map(HeldSites.read) ?? [:],
            parts: parts.reduce(into: [:]) { $0[$1.key] = $1.value.arrayValue?.compactMap(\.stringValue) ?? [] })
    }

    var document: BSONDocument {
        var document: BSONDocument = [
            "_id": .int64(Int64(number)), "change": .int64(Int64(change)), "published_at": .date(publishedAt),
            "built": .string(built), "format": .int32(Int32(clamping: format)),
            "items": .int32(Int32(clamping: items)), "users": .int32(Int32(clamping: users)),
            "topics_changes": .int32(Int32(clamping: topicsChanges)), "held": .document(HeldSites.document(held)),
            "parts": .document(
                parts.sorted { $0.key < $1.key }.reduce(into: [:]) {
                    $0[$1.key] = .array($1.value.map(BSONValue.string))
                }),
        ]
        if let log { document.append(.string(log), forNew: "log") }
        return document
    }
}

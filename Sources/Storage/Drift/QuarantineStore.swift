public import CrawlDomain
import Foundation
public import MongoDriver
public import WebStandards

/// One value that is not believed yet, and the one that the item goes on with.
public struct DoubtedValue: Sendable, Hashable {
    /// What the item is.
    public let type: ItemType
    /// The item's key.
    public let key: String
    /// The field.
    public let field: String
    /// What is stored.
    public let stored: JSONValue
    /// What was read, and why it is not believed.
    public let kept: QuarantinedValue
}

/// The values that are kept apart, with the items themselves.
public struct QuarantineStore: Sendable {
    let database: AnimeDatabase

    private static let types = ItemType.allCases
    /// Items of each type that are listed, where nobody says how many.
    public static let largest = 10_000

    /// The values that are kept apart, of a site or of all, by key.
    ///
    /// - Parameter limit: How many items of each type are looked at.
    public func list(site: String?, limit: Int = largest) async throws(MongoError) -> [DoubtedValue] {
        var filter: BSONDocument = ["quarantine": ["$exists": true]]
        // A key begins with its site and a colon, after which comes the semicolon.
        if let site { filter["_id"] = ["$gte": .string("\(site):"), "$lt": .string("\(site);")] }
        let options = FindOptions(
            sort: ["_id": 1], limit: limit, hint: IndexPlan.quarantined.name.map(BSONValue.string))
        var values: [DoubtedValue] = []
        for type in Self.types {
            let found = try await collection(type).find(filter, options).all()
            for document in found { values += Self.values(document.jsonObject, type) }
        }
        return values
    }

    /// How many items of a site have values that are kept apart.
    ///
    /// - Parameter limit: So many of each type are counted at most.
    public func count(site: String, limit: Int = largest) async throws(MongoError) -> Int {
        let filter: BSONDocument = [
            "quarantine": ["$exists": true], "_id": ["$gte": .string("\(site):"), "$lt": .string("\(site);")],
        ]
        var count = 0
        for type in Self.types {
            count += try await collection(type).count(
                filter, limit: limit, hint: IndexPlan.quarantined.name.map(BSONValue.string))
        }
        return count
    }

    /// What is kept apart of one item.
    public func list(key: String) async throws(MongoError) -> [DoubtedValue] {
        var values: [DoubtedValue] = []
        for type in Self.types {
            if let document = try await collection(type).findOne(["_id": .string(key)]) {
                values += Self.values(document.jsonObject, type)
            }
        }
        return values
    }

    /// Stores values as if they had been confirmed, with their change; one that was read otherwise since stays apart.
    public func release(_ released: [DoubtedValue]) async throws {
        let items = Self.byItem(released).map { identity, group in
            var fields: JSONObject = ["_id": .string(identity.key)]
            for value in group { fields[value.field] = value.kept.value }
            return Item(
                type: identity.type, key: identity.key, fields: fields, extent: ItemExtent(isAddition: true))
        }
        _ = try await database.ledger.store(items, cause: ChangeCause(.release, id: "quarantine"))
    }

    /// Forgets values; a visit that reads them again keeps them apart anew.
    public func drop(_ dropped: [DoubtedValue]) async throws(MongoError) {
        for (identity, group) in Self.byItem(dropped) {
            let fields = BSONDocument(group.map { ("quarantine.\($0.field)", "") })
            let id: BSONDocument = ["_id": .string(identity.key)]
            try await collection(identity.type).updateOne(id, ["$unset": .document(fields)])
            try await collection(identity.type).updateOne(
                id.merging(["quarantine": [:]]), ["$unset": ["quarantine": ""]])
        }
    }

    private struct Identity: Hashable {
        let type: ItemType
        let key: String
    }

    private static func byItem(_ values: [DoubtedValue]) -> [(Identity, [DoubtedValue])] {
        Dictionary(grouping: values) { Identity(type: $0.type, key: $0.key) }.sorted { $0.key.key < $1.key.key }
            .map { ($0.key, $0.value) }
    }

    private func collection(_ type: ItemType) -> MongoCollection { database.collection(CollectionName(type)) }

    private static func values(_ document: JSONObject, _ type: ItemType) -> [DoubtedValue] {
        let key = document["_id"]?.stringValue ?? ""
        return Quarantine(json: document["quarantine"]?.objectValue).values.sorted { $0.key < $1.key }.map {
            DoubtedValue(type: type, key: key, field: $0.key, stored: document[$0.key] ?? .null, kept: $0.value)
        }
    }
}

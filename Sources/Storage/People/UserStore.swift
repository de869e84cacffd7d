import CrawlDomain
public import MongoDriver
public import WebStandards

/// People's lists.
public struct UserStore: Sendable {
    let database: AnimeDatabase

    var users: MongoCollection { database.collection(.users) }

    /// One user by key: "demo:kaito".
    public func user(_ key: String) async throws(MongoError) -> JSONObject? {
        try await users.findOne(["_id": .string(key)])?.jsonObject
    }

    /// Users by key; unknown keys are left out.
    public func users(_ keys: [String]) async throws(MongoError) -> [JSONObject] {
        try await users.find(["_id": ["$in": .array(keys.map(BSONValue.string))]]).all().map(\.jsonObject)
    }

    /// Users by key with some of their fields only; unknown keys are left out.
    public func users(_ keys: [String], fields: [String]) async throws(MongoError) -> [JSONObject] {
        try await users.find(
            ["_id": ["$in": .array(keys.map(BSONValue.string))]], FindOptions(projection: Self.projection(fields))
        ).all().map(\.jsonObject)
    }

    /// The users that follow a key, in the order of the bytes of their keys, with some of their fields only.
    ///
    /// - Parameter key: The last one that was read; nil to begin.
    public func users(after key: String?, fields: [String], limit: Int) async throws(MongoError) -> [JSONObject] {
        try await users.find(
            ["_id": ["$gt": .string(key ?? "")]],
            FindOptions(sort: ["_id": 1], projection: Self.projection(fields), limit: limit)
        ).all().map(\.jsonObject)
    }

    private static func projection(_ fields: [String]) -> BSONDocument {
        (["_id"] + fields).reduce(into: [:]) { $0[$1] = 1 }
    }

    /// Users of this name, on any site.
    public func users(named name: String) async throws(MongoError) -> [JSONObject] {
        try await users.find(["name": .string(name)], FindOptions(limit: 10)).all().map(\.jsonObject)
    }

    /// Keys of the users whom letter case at most tells from this name, as it does in sites' own addresses; ten at most.
    public func keys(ofAnyCase name: String) async throws(MongoError) -> [String] {
        let options = FindOptions(projection: ["name": 1], limit: 100, collation: IndexPlan.caseless)
        // The index compares more loosely: "ss" is "ß" to it.
        let found = try await users.find(["name": .string(name)], options).all().filter {
            $0["name"]?.stringValue?.lowercased() == name.lowercased()
        }
        return found.prefix(10).compactMap { $0["_id"]?.stringValue }
    }

    /// Whether a text can be a key, a site and a name; nothing is asked of what is a name alone.
    private static func isKey(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: ":")) }

    /// The user of a key, else the only user of a name; nil when there is none or several.
    public func find(_ text: String) async throws(MongoError) -> JSONObject? {
        if Self.isKey(text), let user = try await user(text) { return user }
        let named = try await users(named: text)
        return named.count == 1 ? named.first : nil
    }

    /// The same with some of its fields only.
    public func find(_ text: String, fields: [String]) async throws(MongoError) -> JSONObject? {
        let options = FindOptions(projection: Self.projection(fields), limit: 2)
        if Self.isKey(text), let user = try await users.find(["_id": .string(text)], options).all().first {
            return user.jsonObject
        }
        let named = try await users.find(["name": .string(text)], options).all()
        return named.count == 1 ? named.first?.jsonObject : nil
    }

    /// Tells whose lists are written from now on.
    public func watch(atLeastEvery interval: Duration) async throws(MongoError) -> ListWatcher {
        try await ListWatcher(users, interval)
    }

    /// Calls `body` with every user, in no order.
    public func forEach(_ body: (JSONObject) throws -> Void) async throws {
        for try await document in try await users.find([:], FindOptions(batchSize: 200)) {
            try body(document.jsonObject)
        }
    }

    /// How many there are.
    public func count() async throws(MongoError) -> Int { try await users.estimatedCount() }

    /// Of the first thousand users the one with the most rows on their list; ties go to the first key. A sample for demonstrations.
    public func largestList() async throws(MongoError) -> JSONObject? {
        let largest = try await users.aggregate([
            ["$sort": ["_id": 1]], ["$limit": 1_000], ["$project": ["rows": ["$size": "$list"]]],
            ["$sort": ["rows": -1, "_id": 1]], ["$limit": 1],
        ]).all().first
        guard let key = largest?["_id"]?.stringValue else { return nil }
        return try await user(key)
    }
}

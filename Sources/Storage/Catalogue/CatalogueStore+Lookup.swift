public import MongoDriver
public import WebStandards

/// Finding anime by what a person types.
extension CatalogueStore {
    /// The anime of this id, else one of whose titles is exactly this, else the one that was called so before: three looks at indexes, which
    /// anybody may ask for.
    public func anime(called text: String) async throws(MongoError) -> JSONObject? {
        try await anime(titled: text, limit: 1).first
    }

    /// As ``anime(called:)``, all of those that bear a title, the best known first; those of which it is the first title alone, where there are any.
    public func anime(titled text: String, limit: Int = 10) async throws(MongoError) -> [JSONObject] {
        let named = try await existingAnime([text])
        guard named.isEmpty else { return named }
        let exact = try await anime.find(["titles": .string(text)], FindOptions(limit: 100)).all().map(\.jsonObject)
        let mains = exact.filter { $0["titles"]?.arrayValue?.first?.stringValue == text }
        guard exact.isEmpty else {
            let members = { (anime: JSONObject) in anime["members"]?.intValue ?? 0 }
            return Array((mains.isEmpty ? exact : mains).sorted { members($0) > members($1) }.prefix(limit))
        }
        return try await anime(formerlyCalled: text).map { [$0] } ?? []
    }

    /// The entry of this key, else the best known one whose title is exactly this.
    public func entry(called text: String) async throws(MongoError) -> JSONObject? {
        if let entry = try await entries([text]).first { return entry }
        let titled = try await entries.find(["title": .string(text)], FindOptions(limit: 100)).all().map(\.jsonObject)
        return titled.max { ($0["members"]?.intValue ?? 0) < ($1["members"]?.intValue ?? 0) }
    }

    /// The anime that hold an entry: of this key ("myanimelist:5114"), or, for a number, of that number on any site.
    public func anime(ofEntry text: String) async throws(MongoError) -> [JSONObject] {
        var keys = [text]
        if !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            let pattern = BSONRegularExpression(pattern: "^[a-z0-9-]+:\(text)$", options: "")
            keys = try await entries.find(["_id": .regex(pattern)], FindOptions(projection: ["_id": 1])).all()
                .compactMap { $0["_id"]?.stringValue }
        }
        return try await anime.find(["entries": ["$in": .array(keys.map(BSONValue.string))]]).all().map(\.jsonObject)
    }

    /// Id, titles and number of members of every anime, by id.
    public func titles() async throws(MongoError) -> [(id: String, titles: [String], members: Int)] {
        let fields: BSONDocument = ["_id": 1, "titles": 1, "members": 1]
        let found = try await anime.find([:], FindOptions(sort: ["_id": 1], projection: fields, batchSize: 10_000))
            .all()
        return found.map(\.jsonObject).compactMap { document in
            guard let id = document["_id"]?.stringValue else { return nil }
            let titles = document["titles"]?.arrayValue?.compactMap(\.stringValue) ?? []
            return (id, titles, Int(document["members"]?.intValue ?? 0))
        }
    }

    /// The main titles of entries that differ least from a text, where that is little enough for a slip of the hand.
    public func titles(near text: String, limit: Int = 5) async throws(MongoError) -> [String] {
        // Read from the index alone.
        let titles = try await entries.find(
            ["title": ["$gte": ""]], FindOptions(projection: ["_id": 0, "title": 1], batchSize: 10_000)
        ).all().compactMap { $0["title"]?.stringValue }
        let wanted = EditDistance(to: text)
        var found: [(distance: Int, title: String)] = []
        for title in Set(titles) { if let distance = wanted.distance(of: title) { found.append((distance, title)) } }
        let least = found.map(\.distance).min()
        return found.filter { $0.distance == least }.map(\.title).sorted().prefix(limit).map(\.self)
    }
}

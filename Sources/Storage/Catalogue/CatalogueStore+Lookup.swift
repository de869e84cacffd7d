public import MongoDriver
public import WebStandards

/// Finding anime by what a person types.
extension CatalogueStore {
    /// The anime of this id, else one of whose titles is exactly this, else the one that was called so before: three looks at indexes, which
    /// anybody may ask for.
    public func anime(called text: String) async throws(MongoError) -> JSONObject? { try await named(text, 1).first }

    /// As ``anime(called:)``, else those whose title begins with it, ignoring case, the best known first: that reads every title.
    public func anime(titled text: String, limit: Int = 10) async throws(MongoError) -> [JSONObject] {
        let named = try await named(text, limit)
        guard named.isEmpty else { return named }
        let pattern = BSONValue.regex(BSONRegularExpression(pattern: "^" + Self.escaped(text), options: "i"))
        return try await anime.find(["titles": pattern], FindOptions(sort: ["members": -1], limit: limit)).all().map(
            \.jsonObject)
    }

    private func named(_ text: String, _ limit: Int) async throws(MongoError) -> [JSONObject] {
        let named = try await existingAnime([text])
        guard named.isEmpty else { return named }
        let exact = try await anime.find(["titles": .string(text)], FindOptions(limit: limit)).all()
        guard exact.isEmpty else { return exact.map(\.jsonObject) }
        return try await anime(formerlyCalled: text).map { [$0] } ?? []
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

    /// A title as a literal inside a regular expression (PCRE): letters and digits stay, everything else is escaped.
    static func escaped(_ text: String) -> String {
        text.prefix(200).unicodeScalars.reduce(into: "") { pattern, scalar in
            if scalar.isASCII, !scalar.properties.isAlphabetic, !(48...57).contains(scalar.value) { pattern += "\\" }
            pattern.unicodeScalars.append(scalar)
        }
    }
}

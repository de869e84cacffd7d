import struct Foundation.Date
public import MongoDriver
public import WebStandards

/// What anime were called before.
extension CatalogueStore {
    private var aliases: MongoCollection { database.collection(.aliases) }

    /// The former ids that mean the anime of these entries, by id.
    public func aliases(ofEntries keys: some Sequence<String>) async throws(MongoError) -> [AnimeAlias] {
        try await aliases.find(
            ["entry": ["$in": .array(keys.map(BSONValue.string))]]
        ).all().compactMap(AnimeAlias.init).sorted { $0.id < $1.id }
    }

    /// Which of these ids are aliases.
    public func aliases(among ids: some Sequence<String>) async throws(MongoError) -> [AnimeAlias] {
        try await aliases.find(["_id": ["$in": .array(ids.map(BSONValue.string))]]).all().compactMap(AnimeAlias.init)
    }

    /// The anime that was called so before.
    public func anime(formerlyCalled id: String) async throws(MongoError) -> JSONObject? {
        guard let alias = try await aliases(among: [id]).first else { return nil }
        return try await anime.findOne(["entries": .string(alias.entry)])?.jsonObject
    }

    /// Keeps aliases true beside a write of anime: what goes becomes one, what is in use is none.
    func rename(_ write: CatalogueWrite, at now: Date, session: MongoSession) async throws(MongoError) {
        var models = write.departures.compactMap { departure -> WriteModel? in
            guard let entry = departure.entry else { return nil }
            let alias: BSONDocument = ["_id": .string(departure.id), "entry": .string(entry), "since": .date(now)]
            return .replaceOne(["_id": .string(departure.id)], alias, .upsert)
        }
        models += write.rebound.map { .updateOne(["_id": .string($0.id)], ["$set": ["entry": .string($0.entry)]]) }
        models += write.ids.map { .deleteOne(["_id": .string($0)]) }
        guard !models.isEmpty else { return }
        try await aliases.bulkWrite(models, ordered: true, session: session).throwIfAnyRowFailed()
    }
}

import CrawlDomain
public import MongoDriver

/// All who follow the change log.
public struct ConsumerRegister: Sendable {
    let database: AnimeDatabase

    private var consumers: MongoCollection { database.collection(.consumers) }

    /// All of them by name; the index, too, whose position is part of each of its versions.
    public func all() async throws -> [Consumer] {
        var found = try await consumers.find([:], FindOptions(sort: ["_id": 1])).all().compactMap(Consumer.init)
        if let version = try await database.index.newest() {
            found.append(
                Consumer(
                    name: "index", kind: .index, change: version.change, seen: version.publishedAt,
                    needed: min(version.change, version.held.values.min() ?? version.change), delivery: nil))
        }
        return found.sorted { $0.name < $1.name }
    }

    /// Forgets a consumer: nothing waits for it any more, and when it comes again it begins at 0.
    ///
    /// - Returns: Whether there was one.
    public func forget(_ name: String) async throws(MongoError) -> Bool {
        try await consumers.deleteOne(["_id": .string(name)]) == 1
    }
}

extension Consumer {
    fileprivate init?(_ document: BSONDocument) {
        guard let name = document["_id"]?.stringValue else { return nil }
        let change = document["change"]?.intValue ?? 0
        let held = (document["held"]?.documentValue).map(HeldSites.read) ?? [:]
        let kind = Kind(name: name)
        let delivery = kind == .webhook ? DeliveryState(document["delivery"]?.documentValue ?? [:]) : nil
        let before = Array(held.values) + (delivery?.parked.map { $0.number - 1 } ?? [])
        self.init(
            name: name, kind: kind, change: change, seen: document["at"]?.dateValue,
            needed: min(change, before.min() ?? change), delivery: delivery)
    }
}

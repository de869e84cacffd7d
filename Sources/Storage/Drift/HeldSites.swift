import MongoDriver

/// From which change on a consumer has left out the changes of sites, as documents hold it.
enum HeldSites {
    static func document(_ held: [String: Int]) -> BSONDocument {
        BSONDocument(held.sorted { $0.key < $1.key }.map { ($0.key, .int64(Int64($0.value))) })
    }

    static func read(_ document: BSONDocument) -> [String: Int] {
        document.reduce(into: [:]) { held, member in held[member.key] = member.value.intValue }
    }
}

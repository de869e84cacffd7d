public import MongoDriver

extension AnimeDatabase {
    /// Whether anything of a site is stored: an entry, a review, a person's list or a page.
    public func knows(site: String) async throws(MongoError) -> Bool {
        // Keys are the site's name, a colon, and what it calls the document.
        let keys: BSONDocument = ["_id": ["$gte": .string("\(site):"), "$lt": .string("\(site);")]]
        for name in [CollectionName.entries, .users, .reviews] {
            if try await collection(name).findOne(keys) != nil { return true }
        }
        return try await collection(.pages).findOne(["site": .string(site)]) != nil
    }
}

import CrawlEngine
import Indexing
import Storage
import WebStandards
import Terminal

/// Finds an anime by what a person types.
struct TitleLookup {
    let database: AnimeDatabase
    let index: AnimeIndex

    /// The id of the anime that a title means: its own id, or what the catalogue finds under it, former ids and slips of the hand too.
    func id(of title: String) async throws -> String {
        if index.card(title) != nil { return title }
        let id = try await AnimeLookup(database: database).anime(title)["_id"]?.stringValue ?? title
        guard index.card(id) != nil else {
            throw Failure("'\(Console.visible(id))' is not in the index yet; run: animematcher index update")
        }
        return id
    }
}

/// Finds a user by what a person types.
struct UserLookup {
    let database: AnimeDatabase

    /// The user of a key or a name; with nil the one with the longest list.
    func user(_ name: String?) async throws -> JSONObject {
        guard let name else {
            guard let largest = try await database.users.largestList() else {
                throw Failure("there are no users yet; crawl a site, or: animematcher import ratings FILE")
            }
            return largest
        }
        if let user = try await database.users.user(name) { return user }
        var found = try await database.users.users(named: name)
        let naming = UserNaming.hashing
        if found.isEmpty, let naming {
            let hashed = naming.typed(name)
            if let user = try await database.users.user(hashed) { return user }
            found = try await database.users.users(named: hashed)
        }
        if found.isEmpty { found = try await database.users.users(try await database.users.keys(ofAnyCase: name)) }
        guard let first = found.first else {
            let hint = naming == nil ? "; names that are stored hashed need ANIMEMATCHER_USER_KEY" : ""
            throw Failure(
                "no user '\(Console.visible(name))' is known; expected a name or a key like demo:kaito\(hint)")
        }
        guard found.count == 1 else {
            let keys = found.compactMap { $0["_id"]?.stringValue }.joined(separator: ", ")
            throw Failure("several users are called '\(Console.visible(name))'; say which: \(keys)")
        }
        return first
    }
}

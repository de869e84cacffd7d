import Indexing
import Storage
import WebStandards
import Terminal

/// Finds an anime by what a person types.
struct TitleLookup {
    let database: AnimeDatabase
    let index: AnimeIndex

    /// The id of the anime that a title means: its own id, any other title, or the only one that begins so.
    func id(of title: String) async throws -> String {
        if index.card(title) != nil { return title }
        let found = try await database.catalogue.anime(titled: title).compactMap { $0["_id"]?.stringValue }
        guard let first = found.first else {
            throw Failure("no anime is called '\(Console.visible(title))'; try the beginning of its title")
        }
        guard found.count == 1 || first.lowercased() == title.lowercased() else {
            let names = found.map { "  \(Console.visible($0))" }.joined(separator: "\n")
            throw Failure("'\(Console.visible(title))' may be one of these; say which:\n\(names)")
        }
        return first
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
        let found = try await database.users.users(named: name)
        guard let first = found.first else {
            throw Failure(
                "no user '\(Console.visible(name))' is known; expected a name or a key like demo:kaito")
        }
        guard found.count == 1 else {
            let keys = found.compactMap { $0["_id"]?.stringValue }.joined(separator: ", ")
            throw Failure("several users are called '\(Console.visible(name))'; say which: \(keys)")
        }
        return first
    }
}

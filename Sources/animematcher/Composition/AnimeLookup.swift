import Indexing
import Storage
import Terminal
import WebStandards

/// Finds an anime in the catalogue by what a person types.
struct AnimeLookup {
    let database: AnimeDatabase

    /// The only anime that a text means: its id or a former one, a title or the beginning of one, letter case and signs aside, an
    /// entry's key or number, or, where it is nothing of all this, the title it is most like.
    ///
    /// - Parameter takesFirst: Whether of several the best known is taken, and the others named.
    func anime(_ text: String, takesFirst: Bool = false) async throws -> JSONObject {
        let store = database.catalogue
        guard text.contains(where: { !$0.isWhitespace }) else { throw Failure("expected a title, found no text") }
        var found = try await store.anime(ofEntry: text)
        if found.isEmpty || !text.contains(":") {
            let titled = try await store.anime(titled: text)
            // "86" is a title first.
            if !titled.isEmpty, found.isEmpty || titled.contains(where: { $0["_id"]?.stringValue == text }) {
                found = titled
            }
        }
        if found.isEmpty { found = try await searched(text) }
        if found.isEmpty { found = try await nearest(to: text) }
        guard let first = found.first else {
            throw Failure("no anime is called '\(Console.visible(text))'; try the beginning of its title")
        }
        let ids = found.compactMap { $0["_id"]?.stringValue }
        if takesFirst, ids.count > 1 {
            Console.note("it may also be: \(ids.dropFirst().map { Console.visible($0) }.joined(separator: ", "))")
            return first
        }
        guard found.count == 1 || ids[0].lowercased() == text.lowercased() else {
            let names = ids.prefix(Self.shown).map { "  \(Console.visible($0))" }.joined(separator: "\n")
            let more = ids.count > Self.shown ? "\n  and others, less known" : ""
            throw Failure("'\(Console.visible(text))' may be one of these; say which:\n\(names)\(more)")
        }
        return first
    }

    /// Of several that a text may mean.
    private static let shown = 10

    /// As the index finds its own, but in the catalogue itself.
    private func searched(_ text: String) async throws -> [JSONObject] {
        let known = try await database.catalogue.titles()
        let (rows, areCalledSo) = TitleSearch(known.map { ($0.titles, $0.members) }).rows(meant: text)
        let ids = rows.prefix(Self.shown + 1).map { known[Int($0)].id }
        if ids.count == 1, !areCalledSo { Console.note("taken for '\(Console.visible(ids[0]))'") }
        var found: [JSONObject] = []
        for id in ids { if let anime = try await database.catalogue.anime(called: id) { found.append(anime) } }
        return found
    }

    /// The titles that differ least from the whole text, where its words begin none.
    private func nearest(to text: String) async throws -> [JSONObject] {
        var found: [String: JSONObject] = [:]
        for title in try await database.catalogue.titles(near: text) {
            for anime in try await database.catalogue.anime(titled: title) {
                found[anime["_id"]?.stringValue ?? ""] = anime
            }
        }
        if found.count == 1, let id = found.keys.first { Console.note("taken for '\(Console.visible(id))'") }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}

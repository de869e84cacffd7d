import Storage
import Terminal
import WebStandards

/// Finds an anime in the catalogue by what a person types.
struct AnimeLookup {
    let database: AnimeDatabase

    /// The only anime that a text means: its id or a former one, a title or the beginning of one, an entry's key or number, or, where it
    /// is nothing of all this, the title it is most like.
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
        if found.isEmpty { found = try await nearest(to: text) }
        guard let first = found.first else {
            throw Failure("no anime is called '\(Console.visible(text))'; try the beginning of its title")
        }
        let ids = found.compactMap { $0["_id"]?.stringValue }
        if takesFirst, ids.count > 1 {
            Console.note("also called so: \(ids.dropFirst().map { Console.visible($0) }.joined(separator: ", "))")
            return first
        }
        guard found.count == 1 || ids[0].lowercased() == text.lowercased() else {
            let names = ids.map { "  \(Console.visible($0))" }.joined(separator: "\n")
            throw Failure("'\(Console.visible(text))' may be one of these; say which:\n\(names)")
        }
        return first
    }

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

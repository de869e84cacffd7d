import Foundation
import HTTPTypes
import Hummingbird
import Indexing
import Storage
import WebStandards

/// The page of one anime: what it is, what it is about, what is like it, its songs, what people wrote of it.
struct AnimePage: Sendable {
    let holder: IndexHolder
    let database: AnimeDatabase
    let pages: Pages

    private static let similar = 8
    /// What is read of its entries.
    private static let fields = [
        "title", "type", "episodes", "site", "url", "status", "aired", "duration", "premiered", "openings", "endings",
        "content_hash",
    ]

    func add(to router: Router<ServiceContext>) {
        router.get("anime/{id}") { request, context -> Response in
            guard let id = context.parameters.get("id")?.removingPercentEncoding, !id.isEmpty, id.utf8.count <= 1_000,
                !id.unicodeScalars.contains("\0")
            else { throw Problem(.badRequest, "expected the id of an anime, or a title of it") }
            guard let anime = try await database.catalogue.anime(called: id),
                let own = anime["_id"]?.stringValue
            else { throw Problem(.notFound, "no anime of that name is known") }
            guard own == id else { return .redirect(to: AnimeLink(own).address, type: .normal) }
            return try await show(own, anime).response(to: request)
        }
    }

    private func show(_ id: String, _ anime: JSONObject) async throws -> Answer {
        let keys = (anime["entries"]?.arrayValue ?? []).compactMap(\.stringValue)
        let entries = try await database.catalogue.entries(keys, fields: Self.fields)
            .sorted { place($0, keys) < place($1, keys) }
        let index = holder.index
        // What the index does not know yet has a page, and nothing like it.
        let isKnown = index?.card(id) != nil
        let model = AnimeModel(
            id, anime, entries: entries,
            topics: isKnown ? index?.topics(of: id, count: 4) ?? [] : [],
            similar: isKnown ? try index?.similar(to: id, count: Self.similar) ?? [] : [])
        // Its anime need not change when an entry does.
        let hashes = ([anime] + entries).map { $0["content_hash"]?.stringValue ?? "" }
        let content = Asset.fingerprint(of: [Array(hashes.joined(separator: " ").utf8)])
        return pages.answer(
            "anime", model,
            PageHead(title: id, section: .find, tag: "\(index?.tag ?? "i0")-\(content)"))
    }

    private func place(_ entry: JSONObject, _ keys: [String]) -> Int {
        entry["_id"]?.stringValue.flatMap { keys.firstIndex(of: $0) } ?? keys.count
    }
}

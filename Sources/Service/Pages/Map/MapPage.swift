import Hummingbird
import Indexing
import Storage

/// All anime on a plane, to look at and to go through: a picture and a list of topics; with script, a canvas.
struct MapPage: Sendable {
    /// More liked anime, and longer words to look for, are not read.
    private static let (mostLikes, mostCharacters) = (100, 200)

    let pages: Pages
    let holder: IndexHolder
    let maps: MapHolder

    func add(to router: Router<ServiceContext>) {
        router.get("map") { request, _ in try await show(request).response(to: request) }
        router.get("map.json") { request, _ in try await drawn().1.file.response(to: request) }
    }

    private func drawn() async throws(Problem) -> (AnimeIndex, DrawnMap) {
        let index = try holder.loaded()
        guard let drawn = await maps.map(of: index) else { throw MapAPI.missing }
        return (index, drawn)
    }

    private func show(_ request: Request) async throws -> Answer {
        let (index, drawn) = try await drawn()
        let query = try FormFields.decode(request.uri.query ?? "")
        let search = String((query.first { $0.name == "q" }?.value ?? "").prefix(Self.mostCharacters))
        let likes = query.filter { $0.name == "like" }.prefix(Self.mostLikes).map {
            String($0.value.prefix(Self.mostCharacters))
        }
        let model = MapPageModel(
            drawn, liked: Set(likes.compactMap { index.card($0)?.id }),
            search: search, found: search.isEmpty ? [] : index.search(search, limit: 12).map(\.id))
        // What is looked for and liked is a part of the address, and so of what a client keeps apart.
        return pages.answer(
            "map", model,
            PageHead(
                title: "Map", section: .map, scripts: ["map.js"], styles: ["map.css"],
                tag: "\(drawn.tag)-\(index.tag)"))
    }
}

import Hummingbird
import Indexing
import Storage
import WebStandards

/// Recommendations, similar anime, topics and the state of the index, as JSON.
struct RecommendationRoutes: Sendable {
    /// Anime in one answer at most.
    private static let most = 100

    let holder: IndexHolder
    let database: AnimeDatabase

    func add(to group: RouterGroup<some RequestContext>) {
        group.get("recommendations") { request, _ in try await recommendations(request) }
        group.get("similar") { request, _ in try similar(request) }
        group.get("topics") { _, _ in try topics() }
        group.get("index") { _, _ in try await index() }
    }

    /// `?user=KEY`, or `?like=TITLE` as often as wanted; `&count=`.
    private func recommendations(_ request: Request) async throws -> Response {
        let index = try loaded()
        var options = RecommendationOptions()
        options.count = try count(request)
        let likes = request.uri.queryParameters.getAll("like")
        if !likes.isEmpty {
            return JSONValue.array(try index.recommend(likes: likes, options).map(\.value)).response()
        }
        guard let name = request.uri.queryParameters["user"] else {
            throw Problem(.badRequest, "expected ?user=NAME or ?like=TITLE")
        }
        guard let user = try await database.users.find(String(name)) else {
            throw Problem(.notFound, "no user of that name is known")
        }
        return JSONValue.array(index.recommend(to: user, options).map(\.value)).response()
    }

    /// `?title=TITLE&count=`.
    private func similar(_ request: Request) throws -> Response {
        guard let title = request.uri.queryParameters["title"] else {
            throw Problem(.badRequest, "expected ?title=TITLE")
        }
        return JSONValue.array(try loaded().similar(to: String(title), count: try count(request)).map(\.value))
            .response()
    }

    private func topics() throws -> Response { JSONValue.array(try loaded().topics().map(\.value)).response() }

    private func index() async throws -> Response {
        let version = try loaded().version
        let newest = try await database.changes.newest()
        return JSONValue.object([
            "version": .int(Int64(version.number)), "change": .int(Int64(version.change)),
            "lag": .int(Int64(max(0, newest - version.change))), "anime": .int(Int64(version.items)),
            "users": .int(Int64(version.users)),
        ]).response()
    }

    private func loaded() throws -> AnimeIndex {
        guard let index = holder.index else { throw Problem(.serviceUnavailable, "no index version is loaded yet") }
        return index
    }

    private func count(_ request: Request) throws -> Int {
        guard let text = request.uri.queryParameters["count"] else { return 10 }
        guard let count = Int(text), (1...Self.most).contains(count) else {
            throw Problem(.badRequest, "count: expected a number from 1 to \(Self.most)")
        }
        return count
    }
}

import Foundation
import Hummingbird
import Indexing
import Mustache
import Storage
import WebStandards

/// The page a fan opens: type what you liked, or your name, and get what to watch next. Works without script.
struct FindPage: Sendable {
    private let holder: IndexHolder
    private let database: AnimeDatabase
    private let template: MustacheTemplate

    init(holder: IndexHolder, database: AnimeDatabase) throws {
        self.holder = holder
        self.database = database
        template = try MustacheTemplate(string: Self.page)
    }

    func add(to router: Router<some RequestContext>) {
        router.get("/") { request, _ in try await show(request).response(to: request) }
        let style = Answer(type: "text/css; charset=utf-8", bytes: Array(Self.style.utf8))
        router.get("style.css") { request, _ in style.response(to: request) }
    }

    private func show(_ request: Request) async throws -> Answer {
        let parameters = request.uri.queryParameters
        let like = parameters["like"].map(String.init) ?? ""
        let user = parameters["user"].map(String.init) ?? ""
        var model: [String: Any] = ["like": like, "user": user, "results": [[String: Any]](), "message": ""]
        do {
            model["results"] = try await results(like: like, user: user)
        } catch let problem as Problem {
            model["message"] = problem.detail
        } catch let error as IndexError {
            model["message"] = error.description
        }
        return Answer(type: "text/html; charset=utf-8", bytes: Array(template.render(model).utf8))
    }

    private func results(like: String, user: String) async throws -> [[String: Any]] {
        guard !like.isEmpty || !user.isEmpty else { return [] }
        guard let index = holder.index else { throw Problem(.serviceUnavailable, "no index version is loaded yet") }
        if !user.isEmpty {
            guard let found = try await database.users.find(user) else {
                throw Problem(.notFound, "No user of that name is known.")
            }
            return index.recommend(to: found).map(row)
        }
        guard let id = try await database.catalogue.anime(titled: like, limit: 1).first?["_id"]?.stringValue else {
            throw Problem(.notFound, "No anime of that title is known.")
        }
        return try index.recommend(likes: [id]).map(row)
    }

    private func row(_ recommendation: AnimeRecommendation) -> [String: Any] {
        let facts = [recommendation.anime.type, recommendation.anime.year.map(String.init)].compactMap(\.self)
        return [
            "title": recommendation.anime.id,
            "facts": (facts + recommendation.anime.genres.prefix(3)).joined(separator: ", "),
            "reasons": recommendation.reasons.map(\.sentence),
        ]
    }

    private static let page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>AnimeMatcher</title>
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <main>
        <h1>What to watch next</h1>
        <form method="get" action="/">
        <label for="like">An anime you liked</label>
        <input id="like" name="like" value="{{like}}" autocomplete="off">
        <label for="user">or your name</label>
        <input id="user" name="user" value="{{user}}" autocomplete="off">
        <button>Recommend</button>
        </form>
        {{#message}}<p role="status">{{message}}</p>{{/message}}
        <ol>
        {{#results}}<li><strong>{{title}}</strong> {{facts}}{{#reasons}}<small>{{.}}</small>{{/reasons}}</li>
        {{/results}}
        </ol>
        </main>
        </body>
        </html>
        """

    /// A file of its own: styles in the page are forbidden to it as scripts are.
    private static let style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
        form { display: grid; gap: .5rem; margin-bottom: 2rem; }
        input, button { font: inherit; padding: .4rem .6rem; }
        li { margin-bottom: 1rem; } small { display: block; opacity: .8; }
        """
}

import Synchronization

/// The fictional catalogue at the real site's paths.
final class CatalogueSite: Site {
    private struct State {
        var catalogue: DemoCatalogue
        var turns = 0
    }

    private let state: Mutex<State>
    private let options: DemoSiteOptions

    init(catalogue: DemoCatalogue, options: DemoSiteOptions) {
        state = Mutex(State(catalogue: catalogue))
        self.options = options
    }

    var catalogue: DemoCatalogue { state.withLock { $0.catalogue } }

    func update(_ change: (inout DemoCatalogue) throws -> Void) rethrows {
        try state.withLock { try change(&$0.catalogue) }
    }

    func respond(to request: Request) -> Response {
        let host = request.host.isEmpty ? "127.0.0.1" : request.host
        // A copy of the value: pages are made outside the lock.
        let context = PageContext(catalogue: catalogue, options: options, origin: options.origin ?? "http://\(host)")
        if request.target.hasPrefix("/"), let home = options.hosts.home(of: request.target), home != request.hostName {
            return .redirect(to: "http://\(home)\(request.target)", status: 301)
        }
        var page = route(request, context) ?? .page(PlainPages.notFound(context), status: 404)
        if let age = options.maximumAge { page.cacheControl = "max-age=\(age)" }
        return page.conditional(on: request)
    }

    private func route(_ request: Request, _ context: PageContext) -> Response? {
        let parts = request.path.split(separator: "/").map(String.init)
        switch parts.first {
        case nil: return .page(PlainPages.home(context))
        case "topanime.php": return ranking(request, context)
        case "users.php": return users(request, context)
        case "anime": return AnimeRoutes(context: context, request: request).route(Array(parts.dropFirst()))
        case "animelist": return ListRoutes(context: context, request: request).route(Array(parts.dropFirst()))
        case "profile": return profile(Array(parts.dropFirst()), context)
        case "images": return AnimeRoutes(context: context, request: request).image(parts)
        case "robots.txt": return .text(RobotsText.render(context), type: "text/plain; charset=UTF-8")
        case "sitemap.xml": return .text(SitemapXML.render(context).text, type: "application/xml; charset=UTF-8")
        case "trap" where options.hasTraps:
            let turn = nextTurn()
            return TrapPage.render(Array(parts.dropFirst()), request, turn: turn, context).map { .page($0) }
        case "login.php", "register.php": return .page(PlainPages.login(context))
        case "about.php", "anime.php", "modules.php", "dbchanges.php", "addtolist.php", "myreviews.php", "reviews.php":
            return parts.count == 1 ? .page(PlainPages.stub("Demo", context)) : nil
        default: return nil
        }
    }

    private func ranking(_ request: Request, _ context: PageContext) -> Response? {
        guard let offset = Int(request.parameter("limit") ?? "0"), offset >= 0, offset < 1_000_000_000 else {
            return nil
        }
        let type = request.parameter("type")
        let isKnown = DemoMediaType.allCases.contains { $0.rawValue.lowercased() == type }
        return .page(RankingPage(offset: offset, type: isKnown ? type : nil, context: context).render())
    }

    private func users(_ request: Request, _ context: PageContext) -> Response {
        if let first = request.parameter("show").flatMap(Int.init), (0...1_000_000_000).contains(first) {
            return .page(UsersPage(turn: 0, first: first, context: context).render())
        }
        return .page(UsersPage(turn: nextTurn(), first: nil, context: context).render())
    }

    private func nextTurn() -> Int {
        state.withLock { state in
            defer { state.turns &+= 1 }
            return state.turns
        }
    }

    private func profile(_ parts: [String], _ context: PageContext) -> Response? {
        guard parts.count == 1, let user = context.catalogue.user(named: parts[0]) else { return nil }
        return .page(ProfilePage(user: user, context: context).render())
    }
}

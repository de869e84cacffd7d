/// What is below `/animelist/`.
struct ListRoutes {
    let context: PageContext
    let request: Request

    /// - Parameter parts: The path's segments after "animelist".
    func route(_ parts: [String]) -> Response? {
        guard let name = parts.first else { return nil }
        let user = context.catalogue.user(named: name)
        switch parts.count {
        case 1: return page(user)
        case 2 where parts[1] == "load.json": return load(user)
        default: return nil
        }
    }

    private func page(_ user: DemoUser?) -> Response? {
        guard let user else { return nil }
        guard !user.isPrivate else { return .page(PlainPages.privateList(context), status: 403) }
        let rows = Array(rows(of: user).dropFirst(offset ?? 0))
        return .page(AnimeListPage(user: user, rows: rows, context: context).render())
    }

    private func load(_ user: DemoUser?) -> Response {
        guard let user, !user.isPrivate, let offset else {
            return .text(AnimeListJSON.refusal, type: "application/json; charset=UTF-8", status: 400)
        }
        let page = rows(of: user).dropFirst(offset).prefix(AnimeListJSON.pageSize)
        return .text(AnimeListJSON(context: context).render(page), type: "application/json; charset=UTF-8")
    }

    /// Rows of the wanted status: 7 is all, and without a status there are only those being watched, as on the real site.
    private func rows(of user: DemoUser) -> [DemoListRow] {
        guard let status = Int(request.parameter("status") ?? "1"), status != 7 else { return user.rows }
        return user.rows.filter { $0.status.rawValue == status }
    }

    private var offset: Int? {
        guard let offset = Int(request.parameter("offset") ?? "0"), offset >= 0 else { return nil }
        return offset
    }
}

/// Pages without end, as badly made sites have them: each links to more of its kind. Below `/trap/`.
enum TrapPage {
    /// Links from the home page and from every trap to all of them.
    private static let doors = [
        "/trap/", "/trap/calendar/2026/5", "/trap/list?page=1", "/trap/path/a/b", "/trap/filter",
    ]

    /// The page of a path below `/trap/`; nil when there is none.
    ///
    /// - Parameter turn: Differs from answer to answer; session ids are made of it.
    static func render(_ parts: [String], _ request: Request, turn: Int, _ context: PageContext) -> HTML? {
        switch parts.first.map({ String($0.prefix { $0 != ";" }) }) {
        case nil: page("Traps", doors + sessions(turn), context)
        case "calendar": calendar(parts, context)
        case "list": list(request, context)
        case "path": page("Path", ["\(request.path)/a/b"], context)
        case "session": page("Session", sessions(turn), context)
        case "filter": filter(request, context)
        default: nil
        }
    }

    private static func calendar(_ parts: [String], _ context: PageContext) -> HTML? {
        guard parts.count == 3, let year = Int(parts[1]), (1...9_998).contains(year), let month = Int(parts[2]),
            (1...12).contains(month)
        else { return nil }
        let months = [
            year * 12 + month - 2, year * 12 + month, (year + 1) * 12 + month - 1, (year + 40) * 12 + month - 1,
        ]
        return page(
            "Calendar", months.filter { $0 > 12 && $0 / 12 < 9_999 }.map { "/trap/calendar/\($0 / 12)/\($0 % 12 + 1)" },
            context)
    }

    private static func list(_ request: Request, _ context: PageContext) -> HTML? {
        guard let number = request.parameter("page").flatMap(Int.init), (0...1_000_000_000).contains(number) else {
            return nil
        }
        return page("List", ["/trap/list?page=\(number + 1)", "/trap/list?page=\(number * 10)"], context)
    }

    /// A session id that nobody has seen yet.
    private static func sessions(_ turn: Int) -> [String] {
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: turn))
        let id = String(random.next(), radix: 16) + String(random.next(), radix: 16)
        return ["/trap/session;jsessionid=0\(id)", "/trap/session?PHPSESSID=0\(id)"]
    }

    /// Every combination of filters is a page.
    private static func filter(_ request: Request, _ context: PageContext) -> HTML {
        let query = request.target.split(separator: "?", maxSplits: 1).dropFirst().first.map { "\($0)&" } ?? ""
        return page(
            "Filter", ["sort", "genre", "year"].map { "/trap/filter?\(query)\($0)=\(query.utf8.count)" }, context)
    }

    private static func page(_ title: String, _ links: [String], _ context: PageContext) -> HTML {
        PageFrame(
            title: "\(title) - \(context.options.siteName)", heading: "<div><h1 class=\"h1\">\(title)</h1></div>",
            content: "<ul class=\"traps\">\(each: links, { "<li><a href=\"\(context.link($0))\">more</a></li>" })</ul>"
        ).render(context)
    }
}

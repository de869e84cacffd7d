/// Recorded pages at their original paths; the host is taken from the Host header.
struct RecordedSite: Site {
    let pages: RecordedPages
    let options: DemoSiteOptions

    func respond(to request: Request) -> Response {
        let host = host(of: request)
        switch request.path {
        case "/robots.txt": return .text(robots, type: "text/plain; charset=UTF-8")
        case "/" where request.rawQuery == nil: return .page(index(host))
        default: break
        }
        guard let page = pages.page(host: host, target: request.target), let body = pages.body(of: page) else {
            return missing
        }
        return Response(status: page.status, contentType: page.contentType, body: body)
    }

    /// The asked host without its port; pages of the best known one for whoever asks by address.
    private func host(of request: Request) -> String {
        let name = request.host.lowercased().prefix { $0 != ":" }
        return pages.pages[String(name)] != nil ? String(name) : "myanimelist.net"
    }

    private var robots: String {
        let delay = options.crawlDelay.map { "Crawl-delay: \($0)\n" } ?? ""
        return "User-agent: *\nDisallow: /modules.php\n\(delay)"
    }

    private func index(_ host: String) -> HTML {
        let targets = (pages.pages[host] ?? [:]).values.map(\.target).sorted()
        return """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>Recorded pages of \(host)</title></head><body><h1>\(targets.count) pages</h1><ul>
            \(each: targets, { "<li><a href=\"\($0)\">\($0)</a></li>\n" })</ul></body></html>
            """
    }

    private var missing: Response {
        .page(
            """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>404 Not Found - \(options.siteName)</title></head>\
            <body><h1>404 Not Found</h1></body></html>
            """, status: 404)
    }
}

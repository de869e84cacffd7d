import CrawlDomain
import WebStandards

/// Which addresses are a person's: by the spider's own patterns, and by what sites usually call them.
struct PersonAddress {
    let spider: Spider

    /// What a spider's captures and JSON's keys call a person.
    static let names: Set<String> = [
        "name", "user", "user_name", "username", "author", "member", "owner", "nickname", "login", "screen_name",
        "display_name", "displayname", "slug",
    ]

    /// Path segments that are followed by a person's name.
    static let segments: Set<String> = [
        "profile", "profiles", "user", "users", "member", "members", "u", "animelist", "mangalist",
    ]
    private static let parameters: Set<String> = ["username", "user", "u", "user_name"]
    private static let pages: Set<String> = ["login", "register", "signup", "settings", "search", "new", "me"]

    /// The name in an address; nil when it is nobody's.
    func name(in url: WebURL) -> String? {
        guard url.isHTTP else { return nil }
        if spider.isInScope(url) {
            for kind in spider.pages {
                guard let captures = kind.captures(of: url) else { continue }
                if let name = captures.first(where: { isPerson($0.key, kind) })?.value { return name }
            }
        }
        let segments = URLText.segments(of: url.path)
        for (segment, next) in zip(segments, segments.dropFirst())
        where Self.segments.contains(segment.lowercased()) && isName(next) { return next }
        if let name = segments.first(where: { $0.hasPrefix("@") && $0.count > 1 }) { return String(name.dropFirst()) }
        return URLText.parameters(of: url.query ?? "").first { Self.parameters.contains($0.name) && isName($0.value) }?
            .value
    }

    /// A capture called `name` may be an anime's, where the page kind's items are no people; `slug` always is.
    private func isPerson(_ capture: String, _ kind: PageKind) -> Bool {
        guard Self.names.contains(capture), capture != "slug" else { return false }
        return !(capture == "name")
            || !kind.items.contains { $0.type == .entry }
                && !["anime", "genre", "season", "studio"].contains { kind.name.hasPrefix($0) }
    }

    private func isName(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 64 && !text.contains(".php") && !Self.pages.contains(text.lowercased())
    }
}

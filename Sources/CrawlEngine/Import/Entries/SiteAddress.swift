import WebStandards

/// Which entry of which site an address is about.
struct SiteAddress: Hashable {
    /// The site, by the name of its spider.
    let site: String
    /// The entry's number, or its name where the site links by name.
    let id: JSONValue
    let url: String

    /// The sites whose entries have keys, the one whose numbers most data sets use first.
    static let sites = ["myanimelist", "anilist", "kitsu", "anidb", "anime-planet", "livechart"]

    private static let hosts: [String: String] = [
        "myanimelist.net": "myanimelist", "anilist.co": "anilist", "kitsu.app": "kitsu", "kitsu.io": "kitsu",
        "anidb.net": "anidb", "anime-planet.com": "anime-planet", "livechart.me": "livechart",
    ]

    private static let pages: [String: String] = [
        "myanimelist": "https://myanimelist.net/anime/", "anilist": "https://anilist.co/anime/",
        "kitsu": "https://kitsu.app/anime/", "anidb": "https://anidb.net/anime/",
        "anime-planet": "https://www.anime-planet.com/anime/", "livechart": "https://www.livechart.me/anime/",
    ]

    /// The entry's key.
    var key: String { "\(site):\(NumberText.text(id) ?? "")" }

    /// Reads `https://myanimelist.net/anime/5114`, with or without what follows; nil for other sites and other pages.
    init?(_ url: String) {
        guard url.utf8.count <= 2_000, let parsed = WebURL(url), let host = parsed.host else { return nil }
        let name = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        guard let site = Self.hosts[name] else { return nil }
        let path = parsed.path.split(separator: "/")
        guard path.count >= 2, path[0] == "anime" else { return nil }
        if site == "anime-planet" {
            id = .string(String(path[1]))
        } else {
            guard let number = Int64(path[1]), number > 0 else { return nil }
            id = .int(number)
        }
        (self.site, self.url) = (site, url)
    }

    /// The address of a site's entry by its number; a name in no scheme of addresses where the site is not known.
    static func url(site: String, id: Int) -> String { pages[site].map { "\($0)\(id)" } ?? "urn:\(site):\(id)" }
}

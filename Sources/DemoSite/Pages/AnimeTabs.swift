/// The tabs above an entry's pages.
struct AnimeTabs {
    let anime: DemoAnime
    let active: String
    let context: PageContext

    func render() -> HTML {
        """
        <div id="horiznav_nav" style="margin: 5px 0 10px 0;"><ul style="margin-right: 0; padding-right: 0;">
        \(each: Self.tabs, { tab($0, $1) })</ul></div>
        \(Breadcrumb(steps: [("Anime", "/anime.php"), (anime.title, anime.path)]).render(context))
        """
    }

    private func tab(_ name: String, _ part: String) -> HTML {
        """
        <li><a href="\(context.link(anime.path + part))"\(if: name == active, " class=\"horiznav_active\"")>\(name)</a>
        </li>

        """
    }

    private static let tabs = [
        ("Details", ""), ("Characters & Staff", "/characters"), ("Stats", "/stats"), ("Reviews", "/reviews"),
        ("Recommendations", "/userrecs"), ("Pictures", "/pics"),
    ]
}

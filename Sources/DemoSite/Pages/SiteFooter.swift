/// The ranking and the links below every page.
enum SiteFooter {
    static func render(_ context: PageContext) -> HTML {
        """
        <div class="footer-ranking"><div class="ranking-container">\(ranking(context))</div></div>
        <footer><div id="footer-block"><div class="footer-link-block">
        <p class="footer-link home di-ib"><a href="\(context.link("/"))">Home</a></p>
        <p class="footer-link di-ib"><a href="\(context.link("/about.php"))">About</a>
        <a href="\(context.link("/modules.php?go=report"))" rel="nofollow">Report</a></p>
        <p class="footer-link login di-ib"><a href="\(context.link("/login.php"))" rel="nofollow">Login</a></p></div>
        <div id="copyright">Everything on these pages is invented. &copy; nobody</div></div></footer>
        """
    }

    private static func ranking(_ context: PageContext) -> HTML {
        let best = context.catalogue.ranking.prefix(5).map { context.catalogue.anime[$0] }
        return """
            <div class="ranking-unit"><h3 class="title"><a href="\(context.link("/topanime.php"))" class="view_more fl-r">More</a>\
            Top Anime</h3><ol>
            \(each: Array(best.enumerated()), { place, entry in
                "<li><span class=\"rank\">\(place + 1)</span><a href=\"\(context.link(entry.path))\">\(entry.title)</a></li>\n"
            })</ol></div>
            """
    }
}

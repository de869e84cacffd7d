/// The menu on top of every page. Some of its links are disallowed by robots.txt.
enum SiteMenu {
    static func render(_ context: PageContext) -> HTML {
        """
        <div id="menu"><div id="menu_right"><div id="top-search-bar"><form id="searchBar" method="get" class="searchBar">\
        <select name="type" id="topSearchValue" class="inputtext"><option value="all">All</option><option value="anime">Anime</option>\
        </select><input id="topSearchText" type="search" name="topkeyword" class="inputtext fl-l" size="30" autocomplete="off">\
        <button id="topSearchButon" class="fl-l" type="submit"></button></form></div></div>
        <div id="menu_left"><ul id="nav">\(each: sections, { section($0, context) })</ul></div></div>
        """
    }

    private static func section(_ section: (name: String, links: [(String, String)]), _ context: PageContext) -> HTML {
        """
        <li class="small"><a href="#" class="non-link">\(section.name)</a><ul class="x-wider">
        \(each: section.links, { "<li><a href=\"\(context.link($0.1))\">\($0.0)</a></li>\n" })</ul></li>
        """
    }

    private static let sections: [(name: String, links: [(String, String)])] = [
        ("Anime", [("Top Anime", "/topanime.php"), ("Anime Search", "/anime.php"), ("Random", "/addtolist.php")]),
        ("Community", [("Users", "/users.php"), ("Moderators' cellar", "/modules.php?go=cellar")]),
        ("Help", [("About", "/about.php"), ("Sitemap", "/sitemap.xml")]),
    ]
}

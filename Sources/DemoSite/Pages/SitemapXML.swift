/// `/sitemap.xml`: the ranking and every entry, at most the 50,000 the protocol allows.
///
/// Source: sitemaps.org protocol 0.9.
enum SitemapXML {
    static func render(_ context: PageContext) -> HTML {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>\(context.link("/topanime.php"))</loc><changefreq>daily</changefreq></url>
        \(each: context.catalogue.anime.prefix(49_999), { entry($0, context) })</urlset>

        """
    }

    private static func entry(_ anime: DemoAnime, _ context: PageContext) -> HTML {
        """
        <url><loc>\(context.link(anime.path))</loc>\
        \(if: anime.lastModified != nil, "<lastmod>\(anime.lastModified ?? "")</lastmod>")</url>

        """
    }
}

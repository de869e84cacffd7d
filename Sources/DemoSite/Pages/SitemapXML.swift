/// `/sitemap.xml`: the ranking and every entry, at most the 50,000 the protocol allows.
///
/// Source: sitemaps.org protocol 0.9.
enum SitemapXML {
    static func render(_ context: PageContext) -> HTML {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>\(context.link("/topanime.php"))</loc><changefreq>daily</changefreq></url>
        \(each: context.catalogue.anime.prefix(49_999), { "<url><loc>\(context.link($0.path))</loc></url>\n" })</urlset>

        """
    }
}

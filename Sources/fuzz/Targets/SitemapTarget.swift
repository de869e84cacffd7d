import WebStandards

/// Reading a sitemap, a feed or a list of addresses.
struct SitemapTarget: FuzzTarget {
    static let name = "sitemap"
    let seeds = [
        "<?xml version='1.0'?><!DOCTYPE u [<!ENTITY a 'b'>]><urlset><url><loc a='b'>/x&amp;&#9;</loc><![CDATA[c]]></url></urlset>",
        "<sitemapindex xmlns='x'><sitemap><loc>https://a/b.xml</loc><lastmod>2020-01-01T00:00:00Z</lastmod></sitemap></sitemapindex>",
        "<rss><channel><item><link>https://a/1</link><pubDate>Sun, 06 Nov 1994 08:49:37 GMT</pubDate></item></channel></rss>",
        "<feed><entry><link rel='alternate' href='/e'/><updated>2003-12-13T18:30:02Z</updated></entry></feed>",
        "https://a/1\r\nhttps://a/2\n\nnot a url\n", "<urlset><url><loc>https://a/</loc><priority>0.5</priority></url>",
    ]
    let dictionary = [
        "<urlset>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>", "<priority>", "<![CDATA[", "]]>",
        "<!--",
        "-->", "<?", "?>", "&amp;", "&#x10FFFF;", "&#0;", "&a;", "&", "<!DOCTYPE", "[", "]>", "<!ENTITY a '&a;&a;'>",
        "xmlns=",
        "<a:loc>", "/>", "\u{FEFF}", "'", "\"", "<", ">", "encoding='latin1'",
    ]
    let fileNames = [".xml"]
    let members: Set<String> = ["content"]
    let maximumLength = 4_096

    func check(_ input: [UInt8]) throws {
        guard let base = WebURL("https://h.example/d/map.xml") else { return }
        let limits = SitemapLimits(bytes: 3_000, entries: 20, locationBytes: 200)
        guard let sitemap = try? Sitemap(input, at: base, limits: limits) else { return }
        try require(
            input.count <= limits.bytes || sitemap.isTruncated, "a document larger than the limit was read as if whole")
        try require(sitemap.entries.count <= limits.entries, "\(sitemap.entries.count) entries")
        for entry in sitemap.entries {
            try require(entry.location.isHTTP, "an address that is not HTTP: \(entry.location)")
            try require(WebURL(entry.location.href) == entry.location, "an unstable address: \(entry.location)")
            if let priority = entry.priority { try require((0...1).contains(priority), "priority \(priority)") }
        }
        try require(try Sitemap(input, at: base, limits: limits) == sitemap, "read differently the second time")
    }
}

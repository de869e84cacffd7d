import Testing
import WebStandards

@Suite("Sitemap")
struct SitemapTests {
    private func read(_ text: String, limits: SitemapLimits = .init()) throws -> Sitemap {
        try Sitemap(Array(text.utf8), at: try #require(WebURL("https://h.org/maps/s.xml")), limits: limits)
    }

    @Test("a URL set is read with all its fields")
    func urlSet() throws {
        let sitemap = try read(
            """
            <?xml version="1.0"?><!-- c --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="i">
            <url><loc> https://h.org/a?x=1&amp;y=2 </loc><lastmod>2026-03-09</lastmod><changefreq>Weekly</changefreq>
            <priority>0.8</priority><image:image><image:loc>https://h.org/i.png</image:loc></image:image></url>
            <url><loc><![CDATA[https://h.org/b]]></loc><priority>7</priority></url><url><loc>file:///etc/passwd</loc></url><url><loc>/relative</loc></url></urlset>
            """)
        #expect(sitemap.format == .urlSet)
        #expect(!sitemap.isTruncated)
        #expect(sitemap.entries.map(\.location.href) == ["https://h.org/a?x=1&y=2", "https://h.org/b"])
        #expect(sitemap.entries[0].lastModified == W3CDateTime.parse("2026-03-09"))
        #expect(sitemap.entries[0].changeFrequency == "weekly")
        #expect(sitemap.entries[0].priority == 0.8)
        #expect(sitemap.entries[1].priority == nil)
    }

    @Test("indexes, feeds and lists are told apart")
    func formats() throws {
        let index = try read("<sitemapindex><sitemap><loc>https://h.org/1.xml.gz</loc></sitemap></sitemapindex>")
        #expect(index.isIndex)
        #expect(index.entries.count == 1)
        let rss = try read(
            """
            <rss><channel><link>https://h.org/</link><item><guid isPermaLink="false">x</guid><link>https://h.org/1</link>
            <pubDate>Sun, 06 Nov 1994 08:49:37 GMT</pubDate></item><item><guid>https://h.org/2</guid></item></channel></rss>
            """)
        #expect(rss.entries.map(\.location.href) == ["https://h.org/1", "https://h.org/2"])
        #expect(rss.entries[0].lastModified == 784_111_777)
        let atom = try read(
            """
            <feed xmlns="a"><link href="/"/><entry><link rel="self" href="/s"/><link href='/p?a=1&#38;b'/>
            <updated>2026-01-01T00:00:00Z</updated></entry></feed>
            """)
        #expect(atom.entries.map(\.location.href) == ["https://h.org/p?a=1&b"])
        let text = try read("https://h.org/1\r\nnonsense\n\n https://h.org/2 \nftp://h.org/3")
        #expect(text.format == .text)
        #expect(text.entries.count == 2)
    }

    @Test(
        "what is no sitemap is refused",
        arguments: ["", "hello", "<html><body>https://h.org/</body></html>", "<", "<!-- x"])
    func refusals(text: String) {
        #expect(throws: SyntaxError.self) { try read(text) }
    }

    @Test("entities are never expanded and nothing is opened")
    func entities() throws {
        let sitemap = try read(
            """
            <!DOCTYPE urlset [<!ENTITY a "https://evil.org/"><!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>
            <urlset><url><loc>https://h.org/&x;&b;</loc></url></urlset>
            """)
        #expect(sitemap.entries.isEmpty)
        #expect(sitemap.hasDocumentType)
        let bare = try read("<urlset><url><loc>https://h.org/?a=1&b=2;c</loc></url></urlset>")
        #expect(bare.entries.map(\.location.href) == ["https://h.org/?a=1&b=2;c"])
        #expect(!bare.isWellFormed)
    }

    @Test("limits cut a sitemap short and say so")
    func limits() throws {
        let many = "<urlset>" + String(repeating: "<url><loc>https://h.org/a</loc></url>", count: 20) + "</urlset>"
        let cut = try read(many, limits: .init(entries: 10))
        #expect(cut.entries.count == 10)
        #expect(cut.isTruncated)
        let short = try read(many, limits: .init(bytes: 100))
        #expect(short.isTruncated)
        #expect(short.entries.count == 2)
        let lines = try read("https://h.org/1\nhttps://h.org/23", limits: .init(bytes: 30))
        #expect(lines.entries.map(\.location.path) == ["/1"])
        #expect(lines.isTruncated)
        #expect(try read("<urlset><url><loc>https://h.org/a</loc></url><url><loc>https://h.org/b").isTruncated)
        #expect(try read("<urlset>" + String(repeating: "<a>", count: 100_000)).isTruncated)
        let long = "<urlset><url><loc>https://h.org/" + String(repeating: "a", count: 5000) + "</loc></url></urlset>"
        #expect(try read(long).entries.isEmpty)
    }

    @Test("an entry left open ends where the next begins")
    func unclosed() throws {
        let sitemap = try read(
            "<urlset><url><loc>https://h.org/a</loc><url><loc>https://h.org/b</loc></url></urlset>")
        #expect(sitemap.entries.map(\.location.path) == ["/a", "/b"])
        #expect(!sitemap.isWellFormed)
    }

    @Test("addresses are found where publishers put them: without an entry, two in one, wrapped once more")
    func misplaced() throws {
        let sitemap = try read(
            """
            <urlset><loc>https://h.org/1</loc><url><loc>https://h.org/2</loc><loc>https://h.org/3</loc></url>
            <url><loc><url><![CDATA[https://h.org/4]]></url></loc><lastmod>2026-03-09</lastmod></url></urlset>
            """)
        #expect(sitemap.entries.map(\.location.path) == ["/1", "/2", "/3", "/4"])
        #expect(sitemap.entries.last?.lastModified == W3CDateTime.parse("2026-03-09"))
        #expect(sitemap.isWellFormed)
    }

    @Test("white space of word processors round an address does not count")
    func spaces() throws {
        let sitemap = try read("<urlset><url><loc>\u{A0}\n https://h.org/a\u{FEFF} \u{202F}</loc></url></urlset>")
        #expect(sitemap.entries.map(\.location.path) == ["/a"])
    }

    @Test("of a document that was cut, the addresses that had ended are taken, never half of one")
    func cut() throws {
        let paths = { (text: String) in try read("<urlset><url>" + text).entries.map(\.location.path) }
        #expect(try paths("<loc>https://h.org/whole</lo") == ["/whole"])
        #expect(try paths("<loc>https://h.org/whole</loc><las") == ["/whole"])
        #expect(try paths("<loc>https://h.org/ha") == [])
    }

    @Test("extensions for news, images and translations are no addresses")
    func extensions() throws {
        let sitemap = try read(
            """
            <urlset xmlns="\(Sitemap.protocolNamespace)" xmlns:n="n" xmlns:i="i" xmlns:x="x"><url><loc>https://h.org/p</loc>
            <n:news><n:publication><n:name>N</n:name></n:publication></n:news><i:image><i:loc>https://h.org/i.png</i:loc></i:image>
            <x:link rel="alternate" hreflang="de" href="https://h.org/de"/></url></urlset>
            """)
        #expect(sitemap.entries.map(\.location.path) == ["/p"])
        #expect(sitemap.namespace == Sitemap.protocolNamespace)
    }
}

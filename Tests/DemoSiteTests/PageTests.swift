import DemoSite
import Foundation
import Testing

/// The marks which a spider for the real site looks for; each was found by its XPath with another parser as well.
@Suite("Pages")
struct PageTests {
    let site: DemoSiteServer
    let catalogue = DemoCatalogueTests.catalogue

    init() throws { site = try DemoSiteServer(catalogue: catalogue) }

    private func page(_ target: String, status: Int = 200) throws -> String {
        let answer = try #require(LoopbackClient.get(target, port: site.port))
        #expect(answer.status == status, "\(target)")
        return answer.text
    }

    @Test("an entry's page says everything the catalogue knows")
    func animePage() throws {
        defer { site.stop() }
        let entry = try #require(
            catalogue.anime.first {
                $0.openings.count > 1 && !$0.relations.isEmpty && $0.synopsis != nil && !$0.synonyms.isEmpty
                    && $0.titleJapanese != nil && $0.scoreHundredths != nil
            })
        let text = try page("/anime/\(entry.id)")
        let labels = [
            "Synonyms", "Japanese", "Type", "Episodes", "Status", "Aired", "Premiered", "Broadcast", "Producers",
            "Licensors",
            "Studios", "Source", "Genres", "Duration", "Rating", "Score", "Ranked", "Popularity", "Members",
            "Favorites",
        ]
        for label in labels where entry.premiered != nil || !["Premiered", "Broadcast"].contains(label) {
            #expect(
                text.contains("<span class=\"dark_text\">\(label):</span>")
                    || text.contains(">\(label.dropLast()):</span>"), "\(label)")
        }
        for mark in [
            "<link rel=\"canonical\" href=\"http://demo.invalid\(entry.path)\" />",
            "<h1 class=\"title-name h1_bold_none\"><strong>",
            "<p itemprop=\"description\">", "itemprop=\"image\"", "itemprop=\"ratingValue\"",
            "itemprop=\"ratingCount\"",
            "theme-songs js-theme-songs opnening", "<td width=\"84%\"><span class=\"theme-song-index\">1:</span>",
            "class=\"related-entries\"", "<div class=\"relation\">", "id=\"anime_recommendation\"",
            "detail-characters-list",
            "review-ratio__bar", "\(entry.aired.text)", "#\(entry.popularity)\n",
        ] { #expect(text.contains(mark), "\(mark)") }
        #expect(!text.contains("list-title"))
    }

    @Test("markup in titles is escaped")
    func escapes() throws {
        defer { site.stop() }
        var id = 0
        site.update { id = $0.addAnime(title: "Zo <b>&\"'") }
        let text = try page("/anime/\(id)")
        #expect(text.contains("<strong>Zo &lt;b&gt;&amp;&quot;&#039;</strong>"))
        #expect(!text.contains("Zo <b>"))
    }

    @Test("what is missing is said as the real site says it")
    func missingParts() throws {
        defer { site.stop() }
        let nameless = try #require(catalogue.anime.first { $0.synopsis == nil })
        #expect(try page("/anime/\(nameless.id)").contains("No synopsis information has been added to this title."))
        let unscored = try #require(catalogue.anime.first { $0.scoreHundredths == nil })
        let text = try page("/anime/\(unscored.id)")
        #expect(text.contains("<span class=\"score-label score-na\">N/A</span>"))
        #expect(!text.contains("ratingValue"))
        let silent = try #require(catalogue.anime.first { $0.openings.isEmpty })
        #expect(try page("/anime/\(silent.id)").contains("No opening themes have been added to this title."))
    }

    @Test("the ranking lists every entry once, fifty a page")
    func ranking() throws {
        defer { site.stop() }
        var ids: [Int] = []
        for offset in stride(from: 0, to: 350, by: 50) {
            let text = try page("/topanime.php?limit=\(offset)")
            let found = text.matches(
                of: /<h3 class="hoverinfo_trigger fl-l fs14 fw-b anime_ranking_h3"><a href="[^"]*\/anime\/(\d+)\//)
            ids += found.compactMap { Int($0.1) }
            #expect(text.contains("class=\"link-blue-box next\"") == (offset < 300))
        }
        #expect(ids.count == 320 && Set(ids).count == 320)
    }

    @Test("reviews come twenty a page, with a link onwards on the last page too")
    func reviews() throws {
        defer { site.stop() }
        let entry = try #require(catalogue.anime.max { $0.reviews.count < $1.reviews.count })
        var found = 0
        var pageNumber = 1
        while found < entry.reviews.count {
            let text = try page("/anime/\(entry.id)/any-slug/reviews?p=\(pageNumber)&preliminary=on&spoiler=on")
            let count = text.matches(of: /<div class="review-element js-review-element"/).count
            #expect(count == min(20, entry.reviews.count - found))
            #expect(text.contains(">More Reviews</a>"))
            found += count
            pageNumber += 1
        }
        #expect(try !page("\(entry.path)/reviews?p=\(pageNumber)").contains("review-element"))
        let text = try page("\(entry.path)/reviews")
        for mark in [
            "data-reactions='{\"count\":[\"", "<div class=\"username\">", "class=\"update_at\">",
            "<div class=\"tag recommended",
            "<span class=\"js-visible\" style=\"margin-left: -4px;\">...</span>", "Rating: <span class=\"num\">",
            "btn-reaction",
        ] { #expect(text.contains(mark), "\(mark)") }
    }

    @Test("a list's pages of rows are as loose as the real ones")
    func lists() throws {
        defer { site.stop() }
        let user = catalogue.users[0]
        let all = try page("/animelist/\(user.name)/load.json?status=7&offset=0")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(all.utf8)) as? [[String: Any]])
        #expect(rows.count == min(300, user.rows.count))
        #expect(rows.contains { $0["is_rewatching"] as? String == "" })
        #expect(try page("/animelist/\(user.name)/load.json?status=7&offset=900") == "[]")
        let html = try page("/animelist/\(user.name)?status=7")
        #expect(html.contains("<table class=\"list-table\" data-items=\"[{&quot;status&quot;:"))
        #expect(all.firstRange(of: /"start_date_string":"\d\d-\d\d-\d\d"/) != nil)
        #expect(
            all.contains("\"anime_title\":4096")
                || !user.rows.contains { catalogue.anime(id: $0.animeID)?.title == "4096" })
    }

    @Test("a private list and an unknown member get the same refusal, and only one has a profile")
    func privateLists() throws {
        defer { site.stop() }
        let refusal = "{\"errors\":[{\"message\":\"invalid request\"}]}"
        let hidden = catalogue.users[1].name
        #expect(try page("/animelist/\(hidden)/load.json?status=7", status: 400) == refusal)
        #expect(try page("/animelist/nobody/load.json?status=7", status: 400) == refusal)
        _ = try page("/animelist/\(hidden)?status=7", status: 403)
        _ = try page("/profile/\(hidden)")
        _ = try page("/profile/nobody", status: 404)
    }

    @Test("recently online members rotate until all were seen")
    func users() throws {
        defer { site.stop() }
        var names: Set<String> = []
        for _ in 0..<3 {
            let found = try page("/users.php").matches(
                of: /<td align="center"[^>]*>\s*<div[^>]*><a href="\/profile\/([^"]+)">/)
            #expect(found.count == 20)
            names.formUnion(found.map { String($0.1) })
        }
        #expect(names == Set(catalogue.users.map(\.name)))
    }

    @Test("a profile counts the list")
    func profile() throws {
        defer { site.stop() }
        let user = catalogue.users[4]
        let text = try page("/profile/\(user.name)")
        #expect(text.contains("Total Entries</span><span class=\"di-ib fl-r\">\(user.rows.count)</span>"))
        #expect(text.contains("<span class=\"user-status-title di-ib fl-l fw-b\">Joined</span>"))
        #expect(
            text.contains(
                "<a href=\"http://demo.invalid/animelist/\(user.name)?status=2\" class=\"di-ib fl-l lh10 circle anime completed\">"
            ))
    }

    @Test("unknown paths and entries are 404 in the site's frame")
    func notFound() throws {
        defer { site.stop() }
        for target in ["/anime/999999", "/anime/abc", "/nothing", "/anime/1/x/y/z", "/topanime.php?limit=-1"] {
            let text = try page(target, status: 404)
            #expect(text.contains("404 Not Found - "))
            #expect(text.contains("id=\"contentWrapper\""))
        }
    }

    @Test("robots.txt disallows paths which pages link to, and names the sitemap")
    func robots() throws {
        defer { site.stop() }
        let robots = try page("/robots.txt")
        #expect(robots.contains("User-agent: *\nDisallow: /modules.php"))
        #expect(robots.contains("Sitemap: http://demo.invalid/sitemap.xml"))
        #expect(!robots.contains("Crawl-delay"))
        #expect(try page("/topanime.php").contains("http://demo.invalid/modules.php?go=cellar"))
        let sitemap = try page("/sitemap.xml")
        #expect(sitemap.matches(of: /<loc>/).count == 321)
        let slow = try DemoSiteServer(
            catalogue: DemoCatalogue(animeCount: 1, userCount: 0), options: DemoSiteOptions(crawlDelay: 1))
        defer { slow.stop() }
        #expect(LoopbackClient.get("/robots.txt", port: slow.port)?.text.contains("Crawl-delay: 1\n") == true)
    }
}

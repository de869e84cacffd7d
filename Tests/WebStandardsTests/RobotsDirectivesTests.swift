import Testing
import WebStandards

@Suite("RobotsDirectives")
struct RobotsDirectivesTests {
    private func header(_ values: String...) -> RobotsDirectives {
        RobotsDirectives(headers: values, agent: "AnimeMatcher")
    }

    @Test("lists of rules add up, in any case and over several headers")
    func lists() {
        let directives = header("NoIndex , nosnippet", "NOFOLLOW,max-snippet: 20", "nocache")
        #expect(directives.isNoindex && directives.isNofollow && directives.isNoarchive)
        let none = header("none")
        #expect(none.isNoindex && none.isNofollow && !none.isNoarchive)
        #expect(header("all", "index, follow", "", ",,:", "noindexing") == RobotsDirectives())
    }

    @Test("what is addressed to other agents does not count, up to the next agent in the line")
    func agents() {
        #expect(header("googlebot: noindex, nofollow") == RobotsDirectives())
        #expect(header("animematcher: noindex").isNoindex)
        let mixed = header("googlebot: noindex, AnimeMatcher: nofollow, noarchive, otherbot: noindex")
        #expect(!mixed.isNoindex && mixed.isNofollow && mixed.isNoarchive)
        #expect(header("googlebot: noindex", "noarchive").isNoarchive)
        #expect(header("*: noindex").isNoindex)
    }

    @Test("a page may be stored until the time it names, in any form of date, with its comma")
    func unavailable() throws {
        let time = try #require(W3CDateTime.parse("2010-06-25T15:00:00Z"))
        for text in [
            "unavailable_after: 2010-06-25T15:00:00Z", "unavailable_after: 25 Jun 2010 15:00:00 GMT",
            "unavailable_after: Friday, 25-Jun-10 15:00:00 GMT, nosnippet",
            "unavailable_after: Fri, 25 Jun 2010 15:00:00 GMT",
        ] {
            let directives = header(text)
            #expect(directives.unavailableAfter == time, "\(text)")
            #expect(directives.allowsItems(at: time) && !directives.allowsItems(at: time + 1))
        }
        #expect(header("unavailable_after: tomorrow, noindex").isNoindex)
        #expect(header("unavailable_after: tomorrow").allowsItems(at: .max))
        var earliest = header("unavailable_after: 2010-06-25T15:00:00Z")
        earliest.formUnion(header("unavailable_after: 2009-01-01"))
        #expect(earliest.unavailableAfter == W3CDateTime.parse("2009-01-01"))
    }

    @Test("a meta element holds rules only")
    func meta() {
        var directives = RobotsDirectives()
        directives.add(meta: "noarchive, nofollow")
        directives.add(meta: "googlebot: noindex")
        #expect(directives.isNoarchive && directives.isNofollow && !directives.isNoindex)
    }

    @Test("a header of a megabyte costs no more than its start")
    func huge() {
        let directives = header("noindex" + String(repeating: ",a:b", count: 250_000) + ",nofollow")
        #expect(directives.isNoindex && !directives.isNofollow)
    }
}

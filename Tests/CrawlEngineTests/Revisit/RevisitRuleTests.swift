import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("RevisitRule")
struct RevisitRuleTests {
    private static func spider(revisit: String, links: String = "[]") -> String {
        """
        site: test
        hosts: [anime.example]
        pages:
          anime:
            url: "/anime/{id:int}"
            revisit: \(revisit)
            item:
              type: entry
              id: "{site}:{id}"
              fields: {id: {from: id}, title: h1, status: .status}
            links: \(links)
        """
    }

    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    @Test("the first class whose condition holds of the page's items counts")
    func classes() throws {
        let text = Self.spider(
            revisit: """
                {every: 30d, max_age: 90d, weight: 2, ignore: [members], classes: [\
                {name: airing, when: {field: status, is: [Currently Airing, On air]}, every: 1d, max_age: 7d, weight: 9}, \
                {name: titled, when: [{field: title, starts: B}, {field: title, matches: "^C"}], every: 2d}]}
                """)
        let rule = try #require(try SpiderFixtures.extractor(yaml: text).spider.revisitRule(of: "anime"))
        func named(_ fields: JSONObject) -> String? {
            rule.className(of: [Item(type: .entry, key: "k", fields: fields)], now: Self.now)
        }
        #expect(named(["status": "On air", "title": "B"]) == "airing")
        #expect(named(["status": "Finished", "title": "Cat"]) == "titled")
        #expect(named(["status": .null, "title": "A"]) == nil)
        #expect(rule.terms(of: "airing").maximumAge == .seconds(7 * 86_400))
        #expect(rule.terms(of: "titled").weight == 2)
        #expect(rule.terms(of: "gone") == rule.terms)
        #expect(rule.ignored[.entry] == ["members"])
    }

    @Test("lists whose newest row is young are of active people")
    func active() throws {
        let rule = try #require(try SpiderFixtures.extractor("myanimelist").spider.revisitRule(of: "list"))
        func list(_ updated: String...) -> [Item] {
            let rows = updated.map { JSONValue.object(["updated": .string($0)]) }
            return [Item(type: .user, key: "k", fields: ["list": .array(rows)])]
        }
        #expect(rule.className(of: list("2020-01-01T00:00:00Z", "2023-11-01T10:00:00Z"), now: Self.now) == "active")
        #expect(rule.className(of: list("2023-11-10"), now: Self.now) == "active")
        #expect(rule.className(of: list("2020-01-01T00:00:00Z", "junk"), now: Self.now) == nil)
        #expect(rule.className(of: list(), now: Self.now) == nil)
    }

    @Test("mistakes are reported at their place, with the expected form")
    func mistakes() throws {
        let text = Self.spider(
            revisit: """

                      every: 7d
                      max_age: 1d
                      wieght: 2
                      ignore: [membres]
                      classes:
                        - {name: Airing!, when: {field: statsu}, every: soon}
                        - {name: a, when: {field: status, within: x}}
                """, links: "[{url: /x, signal: b}]")
        let found = try SpiderFixtures.mistakes(["test": text])
        for expected in [
            "max_age is shorter than every", "unknown key 'wieght'; did you mean 'weight'?",
            "the items have no field 'membres'; did you mean 'members'?", "a class's name has small letters",
            "the items have no field 'statsu'; did you mean 'status'?", "expected a time with its unit",
            "the key 'every' is missing", "a signal stands around a link",
        ] {
            #expect(found.contains { $0.contains(expected) && $0.hasPrefix("test.yaml:") }, "\(expected): \(found)")
        }
    }

    @Test("a link's signal is what the spider names around it, and the same page gives the same one")
    func signals() throws {
        let text = Self.spider(
            revisit: "7d",
            links: "[{css: td a, page: anime, signal: {xpath: \"ancestor::tr[1]/td[2]\"}}]")
        let extractor = try SpiderFixtures.extractor(yaml: text)
        func signals(_ second: String) -> [LinkSignal?] {
            extractor.extract(
                "https://anime.example/anime/1",
                "<h1>T</h1><table><tr><td><a href=/anime/2>A</a></td><td>12 eps</td></tr>"
                    + "<tr><td><a href=/anime/3>B</a></td><td>\(second)</td></tr></table>"
            ).links.map(\.signal)
        }
        let (first, again, other) = (signals("3 eps"), signals("3 eps"), signals("4 eps"))
        #expect(first.count == 2 && first.allSatisfy { $0 != nil } && first[0] != first[1])
        #expect(first == again)
        #expect(first[0] == other[0] && first[1] != other[1])
        #expect(signals("")[1] == nil)
    }
}

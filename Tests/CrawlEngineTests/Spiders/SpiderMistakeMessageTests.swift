import Testing
import WebStandards

@testable import CrawlEngine

/// What a spider's author reads about each kind of mistake: the place, and the form that is expected there.
@Suite("Messages about mistakes in spiders")
struct SpiderMistakeMessageTests {
    /// A spider without mistakes; its parts are exchanged one by one.
    private static let good = """
        site: test
        hosts: [anime.example]
        start: ["https://anime.example/top"]
        labels: [{css: b, value: parent}]
        pages:
          top:
            url: /top
            links: [a]
          anime:
            url: "/anime/{id:int}/{slug?}"
            values: {more: {css: i, list: true}}
            items:
              - {type: review, each: .r, id: "{site}:{id}:1", fields: {author: h2}}
              - type: entry
                id: "{site}:{id}"
                fields:
                  title: h1
                  score: {label: Score, then: number}
            links: [{item: "$.related[*].url"}]

        """

    /// What stands there, what is put there, and the messages then, each from its place on.
    struct Case: Sendable, CustomTestStringConvertible {
        let (old, new, messages): (String, String, [String])
        var testDescription: String { new }

        init(_ old: String, _ new: String, _ messages: String...) {
            (self.old, self.new, self.messages) = (old, new, messages)
        }
    }

    private static let score = "{label: Score, then: number}"
    private static func score(_ way: String, _ message: String) -> Case { Case(score, way, message) }
    private static func then(_ step: String, _ message: String) -> Case {
        score("{css: b, then: \(step)}", message)
    }

    private static let top: [Case] = [
        Case("site: test", "site: Test", "1:7: a site's name has small letters, digits and '-'; found 'Test'"),
        Case("hosts: [anime.example]\n", "", "1:1: the key 'hosts' is missing"),
        Case("hosts: [anime.example]", "hosts: []", "2:8: expected at least one value, found an empty list"),
        Case(
            "\"https://anime.example/top\"", "\"https://other.example/top\"",
            "3:9: 'https://other.example/top' is on none of the spider's hosts; expected one of anime.example"),
        Case("{css: b, value: parent}", "{value: parent}", "4:10: the key 'css' is missing"),
        Case("labels: [{css: b, value: parent}]", "labels: []", "18:26: the spider has no 'labels:' to find"),
        Case(
            "site: test", "site: test\ncanonical: {scheme: gopher, host: a b}",
            "2:21: unknown name 'gopher'; expected one of https, http",
            "2:35: expected a host such as example.com or 127.0.0.1:8080, found 'a b'"),
        Case("{id:int}", "{id:integer}", "10:10: not a URL pattern: expected {name}, {name?}, {name:int}"),
        Case("url: /top", "url: []", "3:9: no page kind serves", "7:10: expected at least one value"),
        Case("url: /top\n", "when: h1\n", "3:9: no page kind serves", "7:5: the key 'url' is missing"),
        Case("url: /top", "url: /top\n    unless: []", "8:13: expected at least one value, found an empty list"),
        Case("url: /top", "url: /top\n    when: {is: a}", "8:11: the test has nothing to look at; expected css"),
        Case("url: /top", "url: /top\n    when: {}", "8:11: an empty condition; expected a selector, or one of status"),
        Case(
            "$.related[*].url", "$.realted[*].url", "19:20: the items have no field 'realted'; did you mean 'related'?"),
        Case("$.related[*].url", "$.related[*].ulr", "19:20: the items have no field 'ulr'; did you mean 'url'?"),
        Case("links: [a]", "links: [{item: $.title}]", "8:20: pages of this kind have no items"),
    ]

    private static let ways: [Case] = [
        score("[]", "18:18: expected at least one value, found an empty list"),
        score("{any: []}", "18:24: expected at least one value, found an empty list"),
        score("{css: b, list: true}", "18:33: the schema has one value for 'score'; expected no list: true"),
        score("{css: b, inside: i}", "18:27: 'inside' says where JSON stands; expected json beside it"),
        score("{json: $.a, as: own}", "18:30: 'as' is about nodes of the page; expected css, xpath or label beside it"),
        score("{meta: a, without: i}", "18:28: 'without' is about nodes of the page; expected css"),
        score("{const: 5, select: i}", "18:29: 'select' is about nodes of the page; expected css"),
        score("{from: more, until: i}", "18:31: 'until' is about nodes of the page; expected css"),
        score("{json: /a~2b}", "18:25: not a JSON path: expected ~0 for '~' or ~1 for '/' in a pointer"),
    ]

    private static let converters: [Case] = [
        then("{template: '{zzzz}'}", "18:44: nothing here is called 'zzzz'; expected one of host, id, more, site"),
        then("{except: '{zzzz}'}", "18:42: nothing here is called 'zzzz'; expected one of host, id, more"),
        then("{look-up: zzzz, by: a, take: b}", "18:43: nothing here is called 'zzzz'; expected one of host, id"),
        then("{short-dates: [a], evidence: zzzz}", "18:62: nothing here is called 'zzzz'; expected one of host"),
        then("{times: 0}", "18:41: expected a number from 1e-06 to 1000000000.0, found '0'"),
        then("{plus: a}", "18:40: expected a whole number, found 'a'"),
        then("{match: a, otherwise: keep}", "18:44: unknown key 'otherwise'; expected one of match"),
        then("{replace: [a]}", "18:33: expected {replace: [expression, text]}"),
        then("{song: closing}", "18:40: unknown name 'closing'; expected one of opening, ending"),
        then("{map: {a: [b]}}", "18:43: expected a text, found a list"),
        then("{match-all: '[a'}", "18:45: not a regular expression: at character 3: expected ']'"),
    ]

    @Test("what the cases start from has no mistake")
    func none() throws { #expect(try SpiderFixtures.mistakes(["test": Self.good]) == []) }

    @Test(
        "each names the place and what is expected there, and nothing else is told", arguments: top + ways + converters)
    func message(_ mistake: Case) throws {
        #expect(Self.good.contains(mistake.old))
        let yaml = Self.good.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
        let found = try SpiderFixtures.mistakes(["test": yaml])
        #expect(found.count == mistake.messages.count, "\(found)")
        for message in mistake.messages {
            #expect(found.contains { $0.hasPrefix("test.yaml:\(message)") }, "\(found)")
        }
    }

    @Test("dates of a list's rows are named as its schema does")
    func shortDates() throws {
        let list = "{css: b, then: {short-dates: [strated]}}"
        let yaml =
            "site: t\nhosts: [a.example]\npages:\n  a: {url: /a, item: {type: user, id: b, fields: {list: \(list)}}}"
        let found = try SpiderFixtures.mistakes(["test": yaml])
        #expect(
            found.first?.hasPrefix("test.yaml:4:87: unknown field 'strated'; did you mean 'started'?") == true,
            "\(found)")
    }

    @Test("a check names page kinds that others keep from ever being used")
    func unreachable() throws {
        let mistakes = try SpiderFixtures.mistakes(
            [
                "test": """
                site: test
                hosts: [127.0.0.1]
                pages:
                  old: {url: "/anime/{id:int}/{slug?}", when: table}
                  new: {url: "/anime/{number:int}/{name?}"}
                  other: {url: ["/anime/{id:int}/{slug?}", /other]}
                  last: {url: "/anime/{id:int}/{slug?}"}
                """
            ], isCheck: true)
        #expect(
            mistakes == [
                "test.yaml:7:3: 'last' is never used: 'new' above takes all its pages; expected when: in 'new'"
            ])
    }

    @Test(
        "a constant is what it looks like, in quotes a text",
        arguments: [
            ("1", JSONValue.int(1)), ("'1'", "1"), ("1.5", .double(1.5)), ("-2", .int(-2)), ("true", .bool(true)),
            ("'true'", "true"), ("1.2.3", "1.2.3"), ("a b", "a b"),
        ])
    func constants(_ yaml: String, _ value: JSONValue) throws {
        let extractor = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [a.example]
                pages: {a: {url: /a, values: {one: {const: \(yaml)}}}}
                """)
        let page = try #require(extractor.spider.pages.first)
        guard case .constant(let found) = page.values.first?.alternatives.first?.source else {
            Issue.record("no constant")
            return
        }
        #expect(found == value)
    }
}

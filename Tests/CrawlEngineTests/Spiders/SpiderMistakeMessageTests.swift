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
        Case("site: test", "site: tset", "1:7: expected 'test', the file's name, found 'tset'"),
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
        Case("url: /top", "url: []", "7:10: expected at least one value"),
        Case("url: /top\n", "when: h1\n", "7:5: the key 'url' is missing"),
        Case("url: /top", "url: /top\n    unless: []", "8:13: expected at least one value, found an empty list"),
        Case("url: /top", "url: /top\n    when: {is: a}", "8:11: the test has nothing to look at; expected css"),
        Case("url: /top", "url: /top\n    when: {}", "8:11: an empty condition; expected a selector, or one of status"),
        Case(
            "$.related[*].url", "$.realted[*].url", "19:20: the items have no field 'realted'; did you mean 'related'?"),
        Case("$.related[*].url", "$.related[*].ulr", "19:20: the items have no field 'ulr'; did you mean 'url'?"),
        Case("/top\n    links", "top\n    links", "7:10: not a URL pattern: a URL pattern starts with '/'"),
        Case(
            "\"{site}:{id}\"\n", "\"other:{id}\"\n",
            "15:13: an item's id begins with its site; expected {site}:…, found 'other:{id}'"),
        Case("\"{site}:{id}\"\n", "\"test:{id}\"\n"),
        Case("id: \"{site}:{id}\"\n        ", "", "14:9: the key 'id' is missing"),
        Case(
            "- type: entry\n        id", "- adds: true\n        leaves: [members]\n        parts: {a: b}\n        id",
            "14:9: the key 'type' is missing"),
        Case("pages:", "fragments: {lost: {title: 'a['}}\npages:", "5:27: not a CSS selector: "),
        Case("links: [a]", "links: [{url: '/anime/{url}/{host|}/{site|a/b}', page: anime}]"),
        Case(
            "{more: {css: i", "{host: i, more: {css: i", "11:14: every page has a 'host' already; expected another name"
        ),
        Case("/{slug?}", "/{url?}", "10:10: every page has a 'url' already; expected another name"),
        Case(
            "items:\n", "item: {type: user, id: '{site}:1', fields: {name: h1}}\n    items:\n",
            "13:5: 'item' stands there already; expected all items in a list under 'items'"),
        Case(
            "links: [a]", "links: [{url: '/anime/{url}/a/b', page: anime}]",
            "8:13: 'anime' cannot serve '/anime/{url}/a/b'; expected '/anime/{id:int}/{slug?}'"),
        Case("links: [a]", "links: [{url: '/anime/{url}', page: anime}]"),
        Case("links: [a]", "links: [{url: '/tpo'}]", "8:13: no page kind can serve '/tpo'; expected a URL"),
        Case("links: [a]", "links: [{json: $.a}]", "8:14: 'json' finds nothing in HTML; expected inside: beside it"),
        Case("links: [a]", "document: json\n    links: [{css: a}]", "9:14: 'css' finds nothing in JSON; expected json"),
        Case(
            "url: /top", "url: /top\n    revisit: 0s",
            "8:14: expected a time longer than nothing, such as 1h or 7d"),
        Case(
            "url: /top", "url: /top\n    revisit: {weight: 2, classes: [{when: {field: a}, every: 2d, weight: 3}]}",
            "8:14: the key 'every' is missing", "8:36: the key 'name' is missing", "8:51: pages of this kind have no"),
        Case(
            "site: test", "site: test\nlimits: {depth: 0}", "2:17: expected a whole number from 1 to 1000000, found 0"),
        Case(
            "pages:", "fragments: {lost: {title: {css: 'a[', other: {from: zz}}}}\npages:",
            "5:33: not a CSS selector: ", "5:39: unknown key 'other'"),
        Case("pages:", "fragments: {lost: {title: {json: $.a}, type: {css: a, then: {except: '{zz}'}}}}\npages:"),
        Case("links: [a]", "links: [{item: $.title}]", "8:20: pages of this kind have no items"),
    ]

    private static let ways: [Case] = [
        score("[]", "18:18: expected at least one value, found an empty list"),
        score("{any: []}", "18:24: expected at least one value, found an empty list"),
        score("{css: b, list: true}", "18:33: the schema has one value for 'score'; expected no list: true"),
        score("{css: b, inside: i}", "18:27: 'inside' says where JSON stands; expected json beside it"),
        score(
            "{json: $.a, inside: s, as: own}",
            "18:41: 'as' is about nodes of the page; expected css, xpath or label beside it"),
        score("{meta: a, without: i}", "18:28: 'without' is about nodes of the page; expected css"),
        score("{const: 5, select: i}", "18:29: 'select' is about nodes of the page; expected css"),
        score("{from: more, until: i}", "18:31: 'until' is about nodes of the page; expected css"),
        score("{css: b, label: Score}", "18:18: one way to find a value has one source"),
        score("{label: []}", "18:26: expected at least one value, found an empty list"),
        score("{meta: ''}", "18:25: expected a meta element's name, such as og:title, found an empty text"),
        score(
            "{each: b, fields: {a: i}}", "18:18: the schema has no object for 'score'; expected one way to find a value"
        ),
        score("{const: high}", "18:18: the schema of 'score' refuses this constant: expected double"),
        score("{const: 11}", "18:18: the schema of 'score' refuses this constant: expected at most 10"),
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
        then("{split: ''}", "18:41: expected what stands between the parts, such as ', ', found an empty text"),
        then("{map: {}}", "18:39: expected at least one value, {from: to}, found an empty map"),
        then("{null-if: []}", "18:43: expected at least one text, found an empty list"),
        then("{replace: ['(a)', '$2']}", "18:51: the expression has no group for '$2'; expected $0 to $1"),
        then("{replace: [a, '$1']}", "18:47: the expression has no group for '$1'; expected $0, as there is no group"),
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
            "site: test\nhosts: [a.example]\npages:\n  a: {url: /a, item: {type: user, id: '{site}:b', fields: {list: \(list)}}}"
        let found = try SpiderFixtures.mistakes(["test": yaml])
        #expect(
            found.first?.hasPrefix("test.yaml:4:96: unknown field 'strated'; did you mean 'started'?") == true,
            "\(found)")
    }

    @Test("a check names the fields that nobody gives and that the schema needs, in items and in lists of them")
    func missing() throws {
        let mistakes = try SpiderFixtures.mistakes(
            [
                "test": """
                site: test
                hosts: [127.0.0.1]
                fragments: {some: {adult: {const: false}}}
                pages:
                  anime:
                    url: "/anime/{id:int}"
                    items:
                      - {type: entry, id: "{site}:{id}", fields: {id: {from: id}}}
                      - {type: entry, id: "{site}:{id}", include: some, fields: {id: {from: id}, title: h1}}
                      - {type: entry, id: "{site}:{id}", adds: true, fields: {synopsis: p}}
                      - type: entry
                        id: "{site}:{id}"
                        adds: true
                        leaves: [members]
                        fields: {related: {each: a, fields: {id: b}}, recommendations: {each: a, fields: {id: b}}}
                """
            ], isCheck: true)
        #expect(
            mistakes == [
                "test.yaml:8:9: the schema needs 'title', 'adult', which nothing here gives; expected them in fields",
                "test.yaml:15:27: the schema needs 'relation', 'site', 'kind', 'url', which nothing here gives; expected them in fields",
            ])
    }

    @Test("a byte order mark at the start of a file is no part of it")
    func byteOrderMark() throws {
        #expect(try SpiderFixtures.mistakes(["test": "\u{FEFF}" + Self.good]) == [])
    }

    @Test("a start page is not told of when no page kind is there")
    func noPages() throws {
        let yaml = "site: test\nhosts: [a.example]\nstart: [\"https://a.example/\"]\n"
        #expect(try SpiderFixtures.mistakes(["test": yaml]) == ["test.yaml:1:1: the key 'pages' is missing"])
    }

    @Test(
        "a check names page kinds that a more general one above takes all pages of",
        arguments: [
            ("/anime/{slug}", "/anime/{id:int}", true), ("/{rest...}", "/anime/{id:int}/{slug?}", true),
            ("/anime/{a}/{b?}", "/anime/{id:int}", true), ("/anime/{id:int}", "/anime/{slug}", false),
            ("/anime/{a}", "/anime/{a}/{b?}", false), ("/list", "/list?p={p}", true), ("/list?p={p}", "/list", false),
            ("/list?p={p?}", "/list?p=5", true), ("/list?p={p:int}", "/list?p=a", false),
            ("/a-{x}", "/a-b-{x:int}", true),
            ("/{id:int}", "/{id:int}-{slug}", false), ("/{x}", "/{id:int}-{slug}", true),
            ("/{a}/{rest...}", "/{b}", false),
            ("/x/{rest...}", "/{rest...}", false), ("/{a}/{b}", "/x/{rest...}", false),
        ])
    func general(_ above: String, _ below: String, _ isTaken: Bool) throws {
        func mistakes(_ conditions: (String, String)) throws -> [String] {
            try SpiderFixtures.mistakes(
                [
                    "test": """
                    site: test
                    hosts: [127.0.0.1]
                    pages:
                      one: {url: "\(above)"\(conditions.0)}
                      two: {url: "\(below)"\(conditions.1)}
                    """
                ], isCheck: true)
        }
        let message =
            "test.yaml:5:3: 'two' is never used: 'one' above takes all its pages; expected it above 'one', or when: there"
        let expected = isTaken ? [message] : []
        #expect(try mistakes(("", "")) == expected)
        #expect(try mistakes((", when: h1", ", when: h1")) == expected)
        #expect(try mistakes((", when: h1", ", when: h2")) == [])
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

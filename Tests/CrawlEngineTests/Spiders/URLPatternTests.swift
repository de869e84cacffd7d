import Testing
import WebStandards

@testable import CrawlEngine

@Suite("URLPattern")
struct URLPatternTests {
    private func match(_ pattern: String, _ url: String) throws -> [String: String]? {
        try URLPattern(pattern).match(try #require(WebURL("https://site.example" + url)))
    }

    @Test(
        "captures",
        arguments: [
            ("/anime/{id:int}/{slug?}", "/anime/5/Cowboy", ["id": "5", "slug": "Cowboy"]),
            ("/anime/{id:int}/{slug?}", "/anime/5", ["id": "5"]), ("/anime/{id:int}/{slug?}", "/anime/5/", ["id": "5"]),
            ("/anime/{id:int}/{slug?}", "/anime/five", nil), ("/anime/{id:int}/{slug?}", "/anime/5/a/b", nil),
            ("/profile/{name}", "/profile/A%20b", ["name": "A b"]), ("/profile/{name}", "/profile/", nil),
            ("/f/{path...}", "/f/a/b/c", ["path": "a/b/c"]), ("/f/{path...}", "/f", nil),
            ("/anime/{id:int}-{slug}", "/anime/5-a-b", ["id": "5", "slug": "a-b"]),
            ("/anime/{id:int}-{slug}", "/anime/5-", nil),
            ("/anime/{id:int}-{slug}.html", "/anime/5-a.html", ["id": "5", "slug": "a"]),
            ("/a-{id:int}.html", "/a-12.html", ["id": "12"]), ("/a-{id:int}.html", "/a-.html", nil),
            ("/top.php?limit={limit:int?}", "/top.php", [:]),
            ("/top.php?limit={limit:int?}", "/top.php?x=1&limit=50", ["limit": "50"]),
            ("/top.php?limit={limit:int}", "/top.php", nil), ("/r.php?t=anime", "/r.php?t=manga", nil),
            ("/r.php?t=anime", "/r.php?p=2&t=anime", [:]),
            ("/r.php?id", "/r.php?id=", [:]), ("/r.php?id", "/r.php", nil), ("/", "/", [:]), ("/", "/a", nil),
        ] as [(String, String, [String: String]?)])
    func captures(pattern: String, url: String, expected: [String: String]?) throws {
        #expect(try match(pattern, url) == expected)
    }

    @Test(
        "mistakes are refused",
        arguments: [
            "anime", "/{", "/}", "/{a}{b}", "/{a:int}{b}", "/{a}-{b}", "/{a:int}-{b}-{c}", "/{a}/{a}", "/{a:float}",
            "/{a?}/b", "/{r...}/b", "/a?{x}=1", "/{a b}",
        ])
    func refused(pattern: String) {
        #expect(throws: PatternError.self) { try URLPattern(pattern) }
    }
}

@Suite("Template")
struct TemplateTests {
    private let values: [String: JSONValue] = ["site": "mal", "id": 5, "name": "a b/c", "empty": .null]

    @Test(
        "fills in what is there",
        arguments: [
            ("{site}:{id}", false, "mal:5"), ("/animelist/{name}?s=7", true, "/animelist/a%20b%2Fc?s=7"),
            ("{missing}", false, nil),
            ("{missing|7}", false, "7"), ("{missing|}", false, ""), ("{empty}", false, nil), ("plain", false, "plain"),
        ] as [(String, Bool, String?)])
    func filled(template: String, encoding: Bool, expected: String?) throws {
        #expect(try Template(template).filled(encoding: encoding) { values[$0] } == expected)
    }

    @Test("an open brace is refused")
    func refused() {
        #expect(throws: PatternError.self) { try Template("{site") }
    }
}

@Suite("JSONPath")
struct JSONPathTests {
    @Test("a filter's `&&` in quotes is text, and one outside is not")
    func quotedAnd() throws {
        let json = try JSONValue(parsing: #"[{"a": "x && y", "b": 1}, {"a": "x", "b": 1}, {"a": "x && y", "b": 2}]"#)
        #expect(try JSONPath("$[?@.a=='x && y' && @.b==1].b").values(in: json) == [1])
        #expect(throws: PatternError.self) { try JSONPath("$[?@.a=='x' &&].b") }
    }

    private let value: JSONValue = ["rows": [["t": 1], ["t": "b"]], "a b": [[1, 2]], "x/y": true]

    @Test(
        "finds values",
        arguments: [
            ("$.rows[*].t", [1, "b"]), ("rows[1].t", ["b"]), ("$['a b'][0][1]", [2]), ("/rows/0/t", [1]),
            ("/x~1y", [true]), ("$.none", []),
            ("$.rows[9]", []), ("$", [["rows": [["t": 1], ["t": "b"]], "a b": [[1, 2]], "x/y": true]]),
        ] as [(String, [JSONValue])])
    func values(path: String, expected: [JSONValue]) throws {
        #expect(try JSONPath(path).values(in: value) == expected)
    }

    @Test("mistakes are refused", arguments: ["$.", "$[", "$[x]", "$x", "a..b"])
    func refused(path: String) {
        #expect(throws: PatternError.self) { try JSONPath(path) }
    }
}

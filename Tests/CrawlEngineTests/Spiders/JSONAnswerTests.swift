import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("What answers of APIs need")
struct JSONAnswerTests {
    private func values(_ path: String, _ json: String) throws -> [JSONValue] {
        try JSONPath(path).values(in: JSONValue(parsing: json))
    }

    @Test(
        "a filter keeps the values for which all comparisons hold",
        arguments: [
            ("$[?@.t=='a'].n", [1, 3]), ("$[?@.t!='a'].n", [2, 4]), ("$[?@.t=='a' && @.ok==true].n", [3]),
            ("$[?@.n==2].n", [2]), ("$[?@.ok==null].n", [2, 4]), ("$[?@['t']==\"b]\"].n", [4]), ("$[?@.t=='z'].n", []),
        ] as [(String, [JSONValue])])
    func filters(path: String, expected: [JSONValue]) throws {
        let rows = #"[{"t":"a","n":1,"ok":false},{"t":"b","n":2},{"t":"a","n":3,"ok":true},{"t":"b]","n":4}]"#
        #expect(try values(path, rows) == expected)
    }

    @Test(
        "a filter that cannot be read is refused",
        arguments: ["$[?a==1]", "$[?@.a]", "$[?@.a==x]", "$[?@.a=='x]", "$[?@.a=='x' || @.b==1]"])
    func badFilters(path: String) { #expect(throws: PatternError.self) { try JSONPath(path) } }

    /// What the field `title` of an entry becomes.
    private func converted(_ way: String, _ json: String) throws -> JSONValue? {
        let extractor = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [a.example]
                terms: {url: "https://a.example/"}
                pages:
                  top:
                    url: /
                    document: json
                    values: {known: {json: "$.known[*]", list: true}, found: \(way)}
                    item: {type: entry, id: "{site}:1", fields: {id: {const: 1}, title: [{from: found}, {const: none}], type: {const: TV}, adult: {const: false}}}
                """)
        return extractor.extract("https://a.example/", contentType: nil, json).items.first?.fields["title"]
    }

    @Test(
        "converters",
        arguments: [
            (#"{json: a, then: {times: 60}}"#, #"{"a": 24}"#, "1440"),
            (#"{json: a, then: {times: 1000000000}}"#, #"{"a": 1e305}"#, "none"),
            (#"{json: a, then: {divided-by: 10}}"#, #"{"a": "74.57"}"#, "7.457"),
            (#"{json: a, then: [{divided-by: 10}, round]}"#, #"{"a": 85}"#, "9"),
            (#"{json: a, then: {plus: -1}}"#, #"{"a": 2000}"#, "1999"),
            (#"{json: a, then: {plus: 1}}"#, #"{"a": 9223372036854775807}"#, "none"),
            (#"{json: "a[*]", then: sum}"#, #"{"a": [1, "2", null, 3]}"#, "6"),
            (#"{json: "a[*]", then: sum}"#, #"{"a": [9223372036854775807, 1]}"#, "none"),
            (#"{json: a, then: date-parts}"#, #"{"a": {"year": 2009, "month": 4, "day": 5}}"#, "2009-04-05"),
            (#"{json: a, then: date-parts}"#, #"{"a": {"year": 2009, "month": 4, "day": null}}"#, "2009-04"),
            (#"{json: a, then: date-parts}"#, #"{"a": {"year": 2009, "month": 13, "day": 1}}"#, "2009"),
            (#"{json: a, then: date-parts}"#, #"{"a": {"year": null, "month": 4}}"#, "none"),
            (
                #"{json: a, then: {look-up: known, by: id, take: b.c}}"#,
                #"{"a": 2, "known": [{"id": "1"}, {"id": "2", "b": {"c": "x"}}]}"#, "x"
            ),
            (#"{json: a, then: {look-up: known, by: id, take: b.c}}"#, #"{"a": 3, "known": [{"id": "1"}]}"#, "none"),
            (
                #"{json: a, then: decode-emails}"#, #"{"a": "GJ <a class=\"x\" data-cfemail=\"2a6b6a\">[e]</a>!"}"#,
                "GJ A@!"
            ),
            (
                #"{json: a, then: decode-emails}"#, #"{"a": "GJ <a data-cfemail=\"9c\">[e]</a>"}"#,
                "GJ <a data-cfemail=\"9c\">[e]</a>"
            ),
        ])
    func converters(way: String, json: String, expected: String) throws {
        #expect(try converted(way, json) == .string(expected))
    }

    @Test("of a season and a year, the year is the date")
    func seasons() { #expect(DateText.date("Spring 2021") == "2021" && DateText.date("July 2022") == "2022-07") }
}

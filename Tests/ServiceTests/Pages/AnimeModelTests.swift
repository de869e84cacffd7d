import Foundation
import Testing
import WebStandards

@testable import Service

@Suite struct AnimeModelTests {
    private func page(_ id: String, _ anime: JSONObject, _ entries: [JSONObject] = []) throws -> String {
        let model = AnimeModel(id, anime, entries: entries, topics: [(["bus", "<b>"], 0.5)], similar: [])
        return String(decoding: try Pages().answer("anime", model, PageHead(title: id)).bytes, as: UTF8.self)
    }

    @Test("nothing that is stored becomes markup or a script, wherever it stands")
    func hostile() throws {
        let bad: JSONValue = "\"\u{301}'><img src=x onerror=alert(1)>"
        let text = try page(
            "<img src=x>",
            [
                "titles": [bad], "genres": [bad], "themes": [bad], "description": [bad], "reviews": [bad], "type": bad,
                "studios": [bad], "source": bad, "themesongs": [[bad]], "img_url": "javascript:alert(1)",
            ],
            [
                [
                    "title": bad, "site": bad, "url": "javascript:alert(1)", "openings": [bad], "endings": [bad],
                    "status": bad, "aired": ["text": bad],
                ]
            ])
        #expect(!text.contains("<img") && !text.contains("javascript:") && !text.contains("\"\u{301}'>"))
        #expect(text.components(separatedBy: "&lt;img src=x onerror").count > 10)
        #expect(text.contains("bus, &lt;b&gt;"))
    }

    @Test("a long review begins with whole words, and one without blanks with as many characters")
    func beginnings() {
        let texts = [String(repeating: "word ", count: 100), String(repeating: "語", count: 300), "short"]
        let model = AnimeModel(
            "a", ["reviews": .array(texts.map(JSONValue.string))], entries: [], topics: [], similar: [])
        let beginnings = model.reviews.map(\.beginning)
        #expect(beginnings[0].hasSuffix("word …") && beginnings[0].count <= 282)
        #expect(beginnings[1] == String(repeating: "語", count: 280) + " …" && beginnings[2] == "short")
    }

    @Test("songs are said once, in their places, and those without one at the end")
    func songs() {
        let model = AnimeModel(
            "a", ["themesongs": [["o", "e"], ["x", "o"]]], entries: [["openings": ["o", "o"], "endings": ["e"]]],
            topics: [], similar: [])
        #expect(model.openings == ["o"] && model.endings == ["e"] && model.otherSongs == ["x"])
    }

    @Test("what is not known is left out, not shown as nothing")
    func sparse() throws {
        let text = try page("a", [:])
        #expect(
            !text.contains("<dt>") && !text.contains("Story</h2>") && !text.contains("Songs") && !text.contains("nil"))
        #expect(text.contains("href=\"/?like=a\""))
    }

    @Test("long texts begin, and can be opened")
    func reviews() {
        let long = String(repeating: "word ", count: 100)
        let model = AnimeModel("a", ["reviews": ["short", .string(long)]], entries: [], topics: [], similar: [])
        #expect(model.reviews.map(\.isShort) == [true, false])
        #expect(model.reviews[1].beginning.hasSuffix("word …") && model.reviews[1].beginning.count < 290)
    }
}

@Suite struct WebAddressTests {
    @Test("addresses of the web are linked, and nothing else", arguments: ["http://a.example/b", "HTTPS://a.example"])
    func safe(text: String) { #expect(WebAddress.safe(text) == text) }

    @Test(
        "others are text",
        arguments: [nil, "", "javascript:alert(1)", " http://a", "//a.example", "data:text/html,x", "http://a\nb"])
    func unsafe(text: String?) { #expect(WebAddress.safe(text) == nil) }
}

import Testing
import WebStandards

@testable import CrawlDomain

@Suite("Losses against the stored document")
struct LossTests {
    private static let long = "Every evening Mio lights the lanterns of an old harbour, and one night a ship answers."

    private static func list(_ count: Int) -> JSONValue { .array((0..<count).map { .int(Int64($0)) }) }

    @Test("an entry without the synopsis, the genres or the picture it had has lost something")
    func essentials() {
        let stored: JSONObject = [
            "title": "A", "synopsis": .string(Self.long), "genres": ["Drama"], "img_url": "u", "id": 1, "url": "u",
        ]
        for name in ["synopsis", "genres", "img_url"] {
            var new = stored
            new[name] = .null
            #expect(Completeness.loss(from: stored, to: new, type: .entry) == name)
        }
        var new = stored
        new["genres"] = []
        new["themes"] = ["Drama"]
        #expect(Completeness.loss(from: stored, to: new, type: .entry) == nil)
        new = stored
        new["title"] = "B"
        #expect(Completeness.loss(from: stored, to: new, type: .entry) == nil)
    }

    @Test(
        "a text that is the beginning of the stored one is a short form; another text is not",
        arguments: [
            ("Every evening Mio lights the lanterns...", true), ("Every evening Mio lights the lanterns…", true),
            ("Every evening Mio lights the lanterns", true), ("Mio lights lanterns.", false), (long, false),
            (String(long.dropLast()), false),
        ])
    func cut(text: String, isCut: Bool) {
        let loss = Completeness.loss(
            from: ["text": .string(Self.long)], to: ["text": .string(text)], type: .review)
        #expect((loss != nil) == isCut)
    }

    @Test("a list that shrank by more than half has lost rows, unless the profile counts as few")
    func rows() {
        func loss(_ before: Int, _ after: Int, stated: Int? = nil) -> String? {
            var stored: JSONObject = ["name": "n", "list": Self.list(before)]
            if let stated { stored["statistics"] = ["total_entries": .int(Int64(stated))] }
            var new = stored
            new["list"] = Self.list(after)
            return Completeness.loss(from: stored, to: new, type: .user)
        }
        #expect(loss(399, 1) == "398 of 399 rows of the list")
        #expect(loss(399, 0) != nil)
        #expect(loss(399, 250) == nil)
        #expect(loss(5, 1) == nil)
        #expect(loss(5, 0) != nil)
        #expect(loss(399, 3, stated: 3) == nil)
        #expect(loss(399, 3, stated: 399) != nil)
        #expect(loss(0, 0) == nil)
    }
}

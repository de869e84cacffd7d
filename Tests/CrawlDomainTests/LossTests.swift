import Testing
import WebStandards

@testable import CrawlDomain

@Suite("Losses against the stored document")
struct LossTests {
    private static let long = "Every evening Mio lights the lanterns of an old harbour, and one night a ship answers."

    private static func list(_ count: Int) -> JSONValue { .array((0..<count).map { .int(Int64($0)) }) }

    @Test("a synopsis, genres or a picture that is empty now is doubted; genres that became themes are not")
    func essentials() {
        let stored: JSONObject = [
            "title": "A", "synopsis": .string(Self.long), "genres": ["Drama"], "img_url": "u", "id": 1, "url": "u",
        ]
        for name in ["synopsis", "genres", "img_url"] {
            var new = stored
            new[name] = .null
            #expect(Plausibility.doubts(of: new, after: stored, type: .entry).map(\.field) == [name])
            #expect(Completeness.loss(from: stored, to: new, type: .entry) == nil)
        }
        var new = stored
        new["genres"] = []
        new["themes"] = ["Drama"]
        #expect(Plausibility.doubts(of: new, after: stored, type: .entry).isEmpty)
        new = stored
        new["title"] = "B"
        #expect(Plausibility.doubts(of: new, after: stored, type: .entry).isEmpty)
    }

    @Test("what a page of its own gave is lost when that page no longer has it")
    func supplements() {
        let stored: JSONObject = ["_id": "demo:1", "score_counts": [1], "characters": [2]]
        var new = stored
        new["characters"] = []
        #expect(Completeness.loss(from: stored, to: new, type: .entry)?.fields == ["characters"])
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
        func isDoubted(_ before: Int, _ after: Int, stated: Int? = nil) -> Bool {
            var stored: JSONObject = ["name": "n", "list": Self.list(before)]
            if let stated { stored["statistics"] = ["total_entries": .int(Int64(stated))] }
            var new = stored
            new["list"] = Self.list(after)
            return Plausibility.doubts(of: new, after: stored, type: .user).map(\.doubt) == [.listShrank]
        }
        #expect(isDoubted(399, 1))
        #expect(isDoubted(399, 0))
        #expect(!isDoubted(399, 250))
        #expect(!isDoubted(5, 1))
        #expect(isDoubted(5, 0))
        #expect(!isDoubted(399, 3, stated: 3))
        #expect(isDoubted(399, 3, stated: 399))
        #expect(!isDoubted(0, 0))
    }

    @Test("a page that lacks fields and has a text cut short has lost both, and is a short form where that is one")
    func cutAndPoor() {
        let stored: JSONObject = [
            "title": "A", "synopsis": .string(Self.long), "genres": ["Drama"], "source": "Manga", "characters": [1],
        ]
        var new = stored
        (new["genres"], new["source"]) = ([], .null)
        new["synopsis"] = "Every evening Mio lights the lanterns…"
        let loss = Completeness.loss(from: stored, to: new, type: .entry)
        #expect(loss?.doubt == .fieldsLost && loss?.isShortForm == true)
        #expect(Set(loss?.fields ?? []) == ["genres", "source", "synopsis"])
        new = stored
        (new["characters"], new["synopsis"]) = ([], "Every evening Mio lights the lanterns")
        let supplement = Completeness.loss(from: stored, to: new, type: .entry)
        #expect(supplement?.fields == ["characters", "synopsis"] && supplement?.isShortForm == false)
    }

    @Test(
        "what stands in the lower half of an entry's page does not go at once",
        arguments: ["related", "openings", "endings", "songs", "background"])
    func lowerHalf(field: String) {
        let stored: JSONObject = ["title": "A", field: field == "background" ? "A prize." : ["b"]]
        var new = stored
        new[field] = field == "background" ? .null : []
        #expect(Plausibility.doubts(of: new, after: stored, type: .entry).map(\.field) == [field])
        new[field] = field == "background" ? "Two." : ["c"]
        #expect(Plausibility.doubts(of: new, after: stored, type: .entry).isEmpty)
    }

    @Test(
        "long lists of an entry that lose more than half are doubted, short ones are not",
        arguments: ["characters", "staff", "pictures", "recommendations"])
    func longLists(field: String) {
        func doubts(_ before: Int, _ after: Int) -> [Plausibility.Doubt] {
            Plausibility.doubts(of: [field: Self.list(after)], after: [field: Self.list(before)], type: .entry)
                .map(\.doubt)
        }
        #expect(doubts(20, 9) == [.listShrank])
        #expect(doubts(20, 10).isEmpty)
        #expect(doubts(19, 1).isEmpty)
    }
}

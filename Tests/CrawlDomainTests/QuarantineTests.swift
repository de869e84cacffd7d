import CrawlDomain
import Foundation
import Testing
import WebStandards

@Suite struct QuarantineTests {
    private let stored: JSONObject = [
        "_id": "demo:1", "score": 9.1, "scored_by": 5_000, "members": 10_000, "favorites": 90,
        "synopsis": .string(String(repeating: "A story. ", count: 30)), "genres": ["Drama"],
        "img_url": "https://a.example/1.jpg",
    ]
    private let day: TimeInterval = 86_400

    private func changed(_ field: String, _ value: JSONValue) -> JSONObject {
        var fields = stored
        fields[field] = value
        return fields
    }

    private func doubts(_ new: JSONObject, isReread: Bool = false) -> [String: Plausibility.Doubt] {
        let found = Plausibility.doubts(of: new, after: stored, type: .entry, isReread: isReread)
        return Dictionary(found.map { ($0.field, $0.doubt) }) { first, _ in first }
    }

    @Test("a score from 9 to 1, members halved or tenfold, a lost synopsis are not believed")
    func implausible() {
        #expect(doubts(changed("score", 1.0)) == ["score": .scoreJump])
        #expect(doubts(changed("score", .null)) == ["score": .valueLost])
        #expect(doubts(changed("members", 4_999)) == ["members": .countFell])
        #expect(doubts(changed("members", 100_000)) == ["members": .countRose])
        #expect(doubts(changed("synopsis", .null)) == ["synopsis": .valueLost])
        #expect(doubts(changed("genres", [])) == ["genres": .valueLost])
    }

    @Test("what changes as such things do is believed")
    func plausible() {
        #expect(doubts(changed("score", 8.2)).isEmpty)
        #expect(doubts(changed("members", 9_000)).isEmpty)
        #expect(doubts(changed("members", 40_000)).isEmpty)
        #expect(doubts(changed("favorites", 10)).isEmpty)
        #expect(doubts(changed("synopsis", "Another story.")).isEmpty)
        #expect(doubts(stored).isEmpty)
        // Few votes move a score far.
        var few = stored
        few["scored_by"] = 20
        #expect(Plausibility.doubts(of: changed("score", 1.0), after: few, type: .entry).map(\.field) == [])
    }

    @Test("of an old page that a newer spider reads, other values are meant and losses are not")
    func reread() {
        #expect(doubts(changed("members", 100), isReread: true).isEmpty)
        #expect(doubts(changed("synopsis", .null), isReread: true) == ["synopsis": .valueLost])
    }

    @Test("a list of which more than half is gone is kept apart; a short one only when nothing is left")
    func lists() {
        let rows = JSONValue.array((0..<30).map { ["entry_id": .string("demo:\($0)")] })
        let few = JSONValue.array([["entry_id": "demo:1"]])
        let found = Plausibility.doubts(of: ["list": few], after: ["list": rows], type: .user)
        #expect(found.map(\.doubt) == [.listShrank])
        let two: JSONValue = [["entry_id": "demo:1"], ["entry_id": "demo:2"], ["entry_id": "demo:3"]]
        #expect(Plausibility.doubts(of: ["list": few], after: ["list": two], type: .user).isEmpty)
        #expect(Plausibility.doubts(of: ["list": []], after: ["list": few], type: .user).map(\.doubt) == [.listShrank])
    }

    @Test("a doubted value stays apart until a visit after a day and a half confirms it")
    func confirmed() {
        var quarantine = Quarantine()
        let start = Date(timeIntervalSince1970: 1_000_000)
        var new = changed("score", 1.0)
        #expect(quarantine.review(&new, after: stored, type: .entry, isReread: false, now: start).count == 1)
        #expect(new["score"] == 9.1)
        new = changed("score", 1.2)
        let soon = start.addingTimeInterval(day / 2)
        #expect(quarantine.review(&new, after: stored, type: .entry, isReread: false, now: soon).count == 1)
        #expect(quarantine.values["score"]?.visits == 2)
        #expect(quarantine.values["score"]?.firstSeen == start)
        new = changed("score", 1.1)
        let later = start.addingTimeInterval(2 * day)
        #expect(quarantine.review(&new, after: stored, type: .entry, isReread: false, now: later).isEmpty)
        #expect(new["score"] == 1.1)
        #expect(quarantine.json == nil)
    }

    @Test("a joke of one day is forgotten, and another value begins anew")
    func joke() {
        var quarantine = Quarantine()
        let start = Date(timeIntervalSince1970: 1_000_000)
        var new = changed("score", 1.0)
        _ = quarantine.review(&new, after: stored, type: .entry, isReread: false, now: start)
        new = changed("score", 5.0)
        _ = quarantine.review(
            &new, after: stored, type: .entry, isReread: false, now: start.addingTimeInterval(2 * day))
        #expect(quarantine.values["score"]?.firstSeen == start.addingTimeInterval(2 * day))
        new = changed("score", 9.0)
        _ = quarantine.review(
            &new, after: stored, type: .entry, isReread: false, now: start.addingTimeInterval(3 * day))
        #expect(new["score"] == 9.0 && quarantine.values.isEmpty)
    }

    @Test("reading the same stored page twice is no confirmation")
    func rereadConfirmsNothing() {
        var quarantine = Quarantine()
        let start = Date(timeIntervalSince1970: 1_000_000)
        for days in 0..<5 {
            var new = changed("synopsis", .null)
            let now = start.addingTimeInterval(Double(days) * day)
            #expect(quarantine.review(&new, after: stored, type: .entry, isReread: true, now: now).count == 1)
            #expect(new["synopsis"] == stored["synopsis"])
        }
    }

    @Test("a doubted value that is read again from the stored page stays apart")
    func rereadBelievesNothing() {
        var quarantine = Quarantine()
        let start = Date(timeIntervalSince1970: 1_000_000)
        for (field, value) in [("members", 100), ("score", 1.0)] as [(String, JSONValue)] {
            var new = changed(field, value)
            _ = quarantine.review(&new, after: stored, type: .entry, isReread: false, now: start)
            let before = quarantine
            new = changed(field, value)
            let later = start.addingTimeInterval(5 * day)
            #expect(
                quarantine.review(&new, after: stored, type: .entry, isReread: true, now: later).map(\.field) == [field]
            )
            #expect(new[field] == stored[field])
            #expect(quarantine == before)
            // What a repaired spider reads otherwise is meant.
            new = changed(field, 5)
            #expect(quarantine.review(&new, after: stored, type: .entry, isReread: true, now: later).isEmpty)
            #expect(new[field] == 5 && quarantine.values.isEmpty)
        }
    }

    @Test("what is stored is what was kept apart")
    func stores() {
        var quarantine = Quarantine()
        var new = changed("genres", [])
        _ = quarantine.review(
            &new, after: stored, type: .entry, isReread: false, now: Date(timeIntervalSince1970: 1_000_000))
        #expect(Quarantine(json: quarantine.json) == quarantine)
    }
}

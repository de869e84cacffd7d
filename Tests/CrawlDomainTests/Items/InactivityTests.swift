import CrawlDomain
import Foundation
import Testing
import WebStandards

@Suite("Inactivity")
struct InactivityTests {
    /// 2026-11-26, three years of 365 days kept.
    private let rule = Inactivity(age: .seconds(1_095 * 86_400), now: Date(timeIntervalSince1970: 1_795_651_200))

    private func list(_ rows: JSONObject...) -> Item {
        Item(
            type: .user, key: "demo:ada",
            fields: ["_id": "demo:ada", "name": "ada", "list": .array(rows.map(JSONValue.object))])
    }

    @Test("the newest of all stated dates decides, however precise it is")
    func newest() {
        #expect(rule.cutoff == "2023-11-27")
        #expect(rule.applies(to: list(["updated": "2023-11-26T23:59:59Z"], ["finished": "2020"])))
        #expect(!rule.applies(to: list(["updated": "2020-01-01T00:00:00Z"], ["started": "2023-11-27"])))
        #expect(!rule.applies(to: list(["updated": "2023-11-27T00:00:00Z"])))
        #expect(rule.applies(to: list(["updated": .null, "finished": "2023"])))
    }

    @Test("a list that states no date, and what is no list, is kept")
    func undated() {
        #expect(!rule.applies(to: list(["updated": .null, "finished": .null])))
        #expect(!rule.applies(to: list()))
        #expect(!rule.applies(to: Item(type: .user, key: "demo:ada", fields: ["statistics": [:]])))
        #expect(!rule.applies(to: Item(type: .entry, key: "demo:1", fields: ["list": [["updated": "2001"]]])))
    }
}

import CrawlDomain
import Indexing
import Storage
import TestSupport
import Testing
import WebStandards

/// Whatever happens to entries, what follows them one by one comes to what combining all of them anew does.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct CatalogueEqualityTests {
    private static let relations = [
        "Sequel", "Prequel", "Side story", "Parent story", "Parent story", "Summary", "Character", "Other",
        "Same Franchise", "Alternative version", "Spin-off",
    ]
    private static let names = ["Owl", "Crow", "Panther", "Owl", "Mill of Sorrow"]

    private static func entry(_ id: Int, _ generator: inout SplitMix64) -> Item {
        let related = (0..<Int.random(in: 0...2, using: &generator)).compactMap { _ in
            relations.randomElement(using: &generator).map { ($0, Int.random(in: 1...14, using: &generator)) }
        }
        let name = names[Int.random(in: 0..<names.count, using: &generator)]
        let number = Int.random(in: 1...4, using: &generator)
        return CatalogueRig.entry(
            id, number == 1 ? name : "\(name) \(number)", aired: "20\(10 + Int.random(in: 0...9, using: &generator))",
            type: Bool.random(using: &generator) ? "TV" : "Special", related: related,
            same: id > 10 && Bool.random(using: &generator)
                ? [("demo", Int.random(in: 1...10, using: &generator))] : [], site: id > 10 ? "other" : "demo")
    }

    private func delete(_ key: String, _ rig: CatalogueRig) async throws {
        // As a page that is gone for good does: the document and its numbered change, in one transaction.
        let url = try #require(WebURL("https://demo.example/\(key)"))
        let queued = FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: "demo", page: "anime", priority: 0, depth: 0,
            via: nil)
        try await rig.database.frontier.makeDue([queued])
        let lease = try #require(try await rig.database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
        let visits = try await rig.database.frontier.lease(1, of: lease).map { url in
            var visit = VisitOutcome(visited: url, disposition: .done(revisit: nil), status: 404)
            visit.absent = [AbsentItem(type: .entry, key: key, isPrivate: true)]
            return visit
        }
        _ = try await rig.database.ledger.commit(
            visits, under: lease, wait: .zero, cause: ChangeCause(.crawl, id: "test"), id: key)
        try await rig.database.frontier.release(lease, memory: HostMemory())
    }

    @Test("a review that is of another entry now leaves the anime that it was in")
    func movedReview() async throws {
        try await CatalogueRig.with { rig in
            func review(of id: Int) -> Item {
                Item(
                    type: .review, key: "demo:1",
                    fields: [
                        "_id": "demo:1", "entry_id": .string("demo:\(id)"), "author": "Ada", "tags": [],
                        "preliminary": false, "spoiler": false, "text": "Long enough.",
                    ])
            }
            func texts(_ id: String) async throws -> JSONValue? {
                try await rig.database.catalogue.existingAnime([id]).first?["reviews"]
            }
            try await rig.follow(CatalogueRig.entry(1, "Owl"), CatalogueRig.entry(2, "Mill"), review(of: 1))
            #expect(try await texts("Owl") == ["Long enough."])
            try await rig.follow(review(of: 2))
            #expect(try await texts("Owl") == [])
            #expect(try await texts("Mill") == ["Long enough."])
            // By the same batch as the change before.
            try await rig.follow(review(of: 1), CatalogueRig.entry(2, "Mill"))
            let summary = try await rig.follower.rebuild(cause: CatalogueRig.cause)
            #expect((summary.inserted, summary.updated) == (0, 0))
        }
    }

    @Test(
        "any changes, followed, come to a rebuild; nothing else is written; every former id leads on", arguments: 0..<60
    )
    func equal(seed: UInt64) async throws {
        try await CatalogueRig.with { rig in
            var generator = SplitMix64(seed: seed)
            /// What an id has ever been of.
            var ever: [String: Set<String>] = [:]
            for round in 0..<25 {
                let before = try await rig.anime()
                var items: [Item] = []
                for _ in 0..<Int.random(in: 1...2, using: &generator) {
                    let id = Int.random(in: 1...14, using: &generator)
                    if !items.contains(where: { $0.key.hasSuffix(":\(id)") }) {
                        items.append(Self.entry(id, &generator))
                    }
                }
                if round % 5 == 4, let key = before.values.joined().sorted().randomElement(using: &generator) {
                    try await delete(key, rig)
                }
                let changes = try await rig.follow(items)
                let after = try await rig.anime()
                for (id, members) in after { ever[id, default: []].formUnion(members) }
                // Every entry in one anime; a change for exactly what differs.
                #expect(Set(after.values.joined()).count == after.values.joined().count)
                #expect(Set(changes.map(\.key)).count == changes.count, "an anime is written once")
                #expect(
                    Set(before.keys).subtracting(after.keys)
                        == Set(changes.filter { $0.operation == .delete }.map(\.key)))
                #expect(changes.allSatisfy { $0.operation == .delete || !$0.fields.isEmpty })
                for change in changes where change.operation == .delete {
                    let members = Set(before[change.key] ?? [])
                    let left = !members.isDisjoint(with: after.values.joined())
                    #expect((change.successor != nil) == left)
                    if let successor = change.successor { #expect(!members.isDisjoint(with: after[successor] ?? [])) }
                }
                // Former ids lead to what holds an entry of theirs, as long as one is there; ids in use are no aliases.
                #expect(try await rig.database.catalogue.aliases(among: after.keys).isEmpty)
                let there = Set(after.values.joined())
                for (id, members) in ever where after[id] == nil {
                    let meaning = try await rig.meaning(of: id)
                    if members.isSubset(of: there) { #expect(meaning != nil, "\(id) leads nowhere") }
                    if let meaning { #expect(after[meaning] != nil) }
                }
                let newest = try await rig.database.changes.newest()
                try await rig.follower.rebuild(cause: ChangeCause(.catalog, id: "test"))
                let differing = try await rig.database.changes.changes(after: newest, limit: 100).map {
                    "\($0.operation.rawValue) \($0.key) \($0.fields.map(\.name))"
                }
                #expect(differing.isEmpty, "round \(round): \(before) → \(after), by \(items.map(\.key))")
            }
        }
    }

    @Test("a changed relation writes the anime it splits or joins, and no other")
    func exact() async throws {
        try await CatalogueRig.with { rig in
            try await rig.follow(
                (1...30).map {
                    CatalogueRig.entry($0, "Number \($0)", related: $0 % 3 == 0 ? [] : [("Sequel", $0 + 1)])
                })
            #expect(try await rig.anime().count == 10)
            let split = try await rig.follow(CatalogueRig.entry(2, "Number 2", related: []))
            #expect(
                split.map { "\($0.operation.rawValue) \($0.key)" }.sorted() == ["insert Number 3", "update Number 1"])
            let joined = try await rig.follow(
                CatalogueRig.entry(3, "Number 3", related: [("Prequel", 2), ("Sequel", 4)]))
            #expect(
                joined.map { "\($0.operation.rawValue) \($0.key)" }.sorted()
                    == ["delete Number 3", "delete Number 4", "update Number 1"])
            #expect(joined.filter { $0.operation == .delete }.allSatisfy { $0.successor == "Number 1" })
            let crossover = try await rig.follow(
                CatalogueRig.entry(40, "The Meeting", related: [("Parent story", 1), ("Parent story", 10)]))
            #expect(crossover.map { "\($0.operation.rawValue) \($0.key)" } == ["insert The Meeting"])
        }
    }
}

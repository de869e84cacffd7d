import CrawlDomain
import Foundation
import MongoDriver
import TestSupport
import Testing
import WebStandards

@testable import Storage

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ForgettingTests {
    private func forget(_ name: String, _ temporary: TemporaryDatabase, forms: [String] = []) async throws
        -> ForgetReport
    {
        try await Forgetting(database: temporary.database, site: "demo", name: name, storedAs: forms) { $0.body }
            .run(isDryRun: false, personalPages: ["list"])
    }

    private func review(_ number: Int, by author: String) -> Item {
        Item(
            type: .review, key: "demo:\(number)",
            fields: [
                "_id": .string("demo:\(number)"), "entry_id": "demo:1", "author": .string(author), "tags": [],
                "preliminary": false, "spoiler": false, "text": "Long enough.",
            ])
    }

    @Test("whatever the letter case, list and reviews go with a change each, and nobody else's")
    func removed() async throws {
        try await TemporaryDatabase.with { temporary in
            let items = [
                Samples.user("Ada", scores: [1: 8]), Samples.user("Adam", scores: [1: 5]), review(1, by: "Ada"),
                review(2, by: "Adam"),
            ]
            _ = try await temporary.database.ledger.store(items, cause: Samples.cause)
            let report = try await forget("aDA", temporary)
            #expect((report.lists, report.reviews) == (1, 1))
            #expect(try await temporary.database.users.user("demo:Ada") == nil)
            #expect(try await temporary.database.users.user("demo:Adam") != nil)
            let changes = try await temporary.database.changes.changes(after: 4, limit: 10)
            #expect(changes.map(\.operation) == [.delete, .delete])
            #expect(changes.allSatisfy { $0.cause == ChangeCause(.forget, id: "demo") })
            // What combines reviews learns of which entry the deleted one was.
            #expect(changes.first { $0.subject == .review }?.entry == "demo:1")
            // Older rows of the log no longer name the person.
            let first = try await temporary.database.changes.changes(after: 0, limit: 4)
            #expect(first.filter { $0.subject == .user }.map(\.key).sorted() == ["demo:", "demo:Adam"])
        }
    }

    @Test(
        "the log names nobody whose list had gone before, and a second time finds what a death left; the deletion stays"
    )
    func goneBefore() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            for score in [5, 6] {
                _ = try await ledger.store([Samples.user("Ada", scores: [1: score])], cause: Samples.cause)
            }
            _ = try await temporary.database.users.delete(["demo:Ada"], cause: Samples.cause)
            let dry = try await Forgetting(database: temporary.database, site: "demo", name: "Ada", storedAs: []) {
                $0.body
            }.run(isDryRun: true, personalPages: [])
            let report = try await forget("Ada", temporary)
            #expect((dry.changes, report.changes, report.lists) == (2, 2, 0))
            let rows = try await temporary.database.changes.changes(after: 0, limit: 10)
            #expect(rows.map(\.key) == ["demo:", "demo:", "demo:Ada"])
            #expect(rows.map(\.isRedacted) == [true, true, false] && rows.last?.operation == .delete)
            #expect(try await forget("Ada", temporary).changes == 0)
        }
    }

    @Test("somebody whose name is Forgotten keeps the newest change of the log, whoever is forgotten on the same site")
    func namesake() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            for name in ["forgotten", "Ada", "Ada", "Bo"] {
                let score = name == "Bo" ? 3 : try await temporary.database.changes.newest() + 1
                _ = try await ledger.store([Samples.user(name, scores: [1: score])], cause: Samples.cause)
            }
            _ = try await forget("Ada", temporary)
            _ = try await forget("Bo", temporary)
            _ = try await temporary.database.changes.compactor(ChangeRetention()).run(
                now: Date().addingTimeInterval(400 * 86_400))
            let rows = try await temporary.database.changes.changes(after: 0, limit: 10)
            // Of what was written over the newest stays.
            #expect(rows.map(\.key) == ["demo:forgotten", "demo:", "demo:Ada", "demo:Bo"])
            var exported: [String] = []
            _ = try await temporary.database.exports.read(.users, since: 0) { row in
                if case .deleted(let key) = row { exported.append("-" + key) } else { exported.append("document") }
            }
            #expect(exported == ["-demo:Ada", "-demo:Bo", "document"])
        }
    }

    @Test("what a death has left of the name in the change log goes the next time, whatever the letter case")
    func again() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await database.ledger.store(
                [Samples.user("Ada.B", scores: [1: 8]), Samples.user("AdaxB", scores: [1: 8])], cause: Samples.cause)
            _ = try await database.users.delete(["demo:Ada.B"], cause: ChangeCause(.forget, id: "demo"))
            let look = try await Forgetting(database: database, site: "demo", name: "ada.b", storedAs: []) { $0.body }
                .run(isDryRun: true, personalPages: [])
            #expect(look.changes == 1)
            #expect(try await forget("ada.b", temporary).changes == 1)
            let log = try await database.changes.changes(after: 0, limit: 9)
            #expect(log.map(\.key).sorted() == ["demo:", "demo:Ada.B", "demo:AdaxB"])
            #expect(log.first { $0.key == "demo:Ada.B" }?.operation == .delete)
        }
    }

    @Test("the change log keeps no hash of a review's author")
    func authors() async throws {
        try await TemporaryDatabase.with { temporary in
            _ = try await temporary.database.ledger.store(
                [review(1, by: "Ada"), review(2, by: "Bo")], cause: Samples.cause)
            _ = try await forget("Ada", temporary)
            let log = try await temporary.database.changes.changes(after: 0, limit: 9)
            #expect(log.filter { $0.key == "demo:1" }.map(\.operation) == [.insert, .delete])
            for change in log {
                #expect(change.fields.contains { $0.name == "author" } == (change.key == "demo:2"))
                #expect(change.fields.contains { $0.name == "text" })
            }
        }
    }

    @Test("a name that only the server's order takes for the same is somebody else's")
    func lookalikes() async throws {
        try await TemporaryDatabase.with { temporary in
            let names = ["Strasse", "Stra\u{DF}e", "\u{FF21}da", "Ada"]
            _ = try await temporary.database.ledger.store(
                names.map { Samples.user($0, scores: [1: 8]) }, cause: Samples.cause)
            #expect(try await forget("strasse", temporary).lists == 1)
            #expect(try await forget("ADA", temporary).lists == 1)
            #expect(try await temporary.database.users.user("demo:Stra\u{DF}e") != nil)
            #expect(try await temporary.database.users.user("demo:\u{FF21}da") != nil)
        }
    }

    @Test("nothing brings a person back, under the name nor its hash, until the tombstone is lifted")
    func staysAway() async throws {
        try await TemporaryDatabase.with { temporary in
            _ = try await forget("Ada", temporary, forms: ["0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"])
            let back = [
                Samples.user("ada", scores: [1: 8]), Samples.user("0F0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f", scores: [1: 8]),
                review(1, by: "ADA"), review(2, by: "Bo"),
            ]
            for kind in [ChangeCause.Kind.crawl, .import, .reparse] {
                let summary = try await temporary.database.ledger.store(back, cause: ChangeCause(kind, id: "x"))
                #expect(summary.drops.map(\.reason) == [.forgotten, .forgotten, .forgotten])
            }
            #expect(try await temporary.database.users.count() == 0)
            #expect(try await temporary.database.forgotten.count(site: "demo") == 2)
            #expect(try await temporary.database.forgotten.lift([Person(site: "demo", name: "ADA")]) == 1)
            let summary = try await temporary.database.ledger.store([back[0]], cause: Samples.cause)
            #expect(summary.inserted == 1)
        }
    }

    @Test("a list that is stored at the same instant is forgotten too, or refused")
    func race() async throws {
        try await TemporaryDatabase.with { temporary in
            for round in 0..<12 {
                let name = "racer\(round)"
                // Two programs: the turns of one keep its own transactions apart.
                let other = AnimeDatabase(client: temporary.client, name: temporary.name)
                async let stored = other.ledger.store(
                    (0..<10).map { Samples.user($0 == 7 ? name : "\(name)-\($0)", scores: [1: $0]) },
                    cause: Samples.cause)
                async let forgotten = forget(name, temporary)
                let (summary, report) = try await (stored, forgotten)
                #expect(try await temporary.database.users.user("demo:\(name)") == nil)
                #expect(report.lists + summary.drops.count { $0.reason == .forgotten } == 1)
            }
        }
    }

    @Test("records of lists imported from files called after the person go, and the log no longer names the file")
    func imports() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            for (id, name, kind) in [
                ("1", "ADA-list.xml", "list"), ("2", "bo.xml", "list"), ("3", "ada.csv", "ratings"),
            ] {
                let file = ImportedFile(id: id, name: name, kind: kind, site: "demo", bytes: 1)
                _ = try await database.imports.begin(file, restart: false, at: Date())
            }
            let cause = ChangeCause(.import, id: "ADA-list.xml")
            _ = try await database.ledger.store([Samples.user("Ada", scores: [1: 8])], cause: cause)
            let forgetting = Forgetting(database: database, site: "demo", name: "Ada", storedAs: []) { $0.body }
            #expect(try await forgetting.run(isDryRun: true, personalPages: []).imports == 1)
            #expect(try await forgetting.run(isDryRun: false, personalPages: []).imports == 1)
            let left = try await temporary.client.database(temporary.name).collection("imports").find([:]).all()
            #expect(left.compactMap { $0["file"]?.stringValue }.sorted() == ["ada.csv", "bo.xml"])
            let changes = try await database.changes.changes(after: 0, limit: 10)
            #expect(changes.map(\.cause.id) == ["forgotten", "demo"])
        }
    }

    @Test("an archive does not bring a forgotten person's pages back")
    func archive() async throws {
        try await TemporaryDatabase.with { temporary in
            _ = try await forget("Ada", temporary)
            let pages = [("animelist/aDA", true), ("animelist/Bo", true), ("genre/Ada", false)].map {
                path, isPersonal in
                ArchivedPage(
                    page: RawPage(
                        site: "demo", url: "http://a.example/\(path)", page: "list", status: 200, contentType: nil,
                        body: Array(path.utf8), fetchedAt: Date()),
                    fingerprint: path, isPersonal: isPersonal)
            }
            let result = try await temporary.database.pages.store(pages)
            #expect(result.forgotten == 1 && result.stored == 2)
            #expect(try await temporary.database.pages.page(fingerprint: "animelist/aDA") == nil)
        }
    }

    @Test("links to a forgotten person's pages are not followed, whatever else is called so")
    func links() async throws {
        try await TemporaryDatabase.with { temporary in
            _ = try await forget("Fire Force", temporary)
            func link(_ path: String, _ page: String) throws -> FrontierURL {
                let url = try Samples.url(path)
                return FrontierURL(
                    url: url.url, fingerprint: url.fingerprint, site: "demo", page: page, priority: 0, depth: 0,
                    via: nil)
            }
            let links = [
                try link("/animelist/fire%20force?status=7", "list"), try link("/animelist/Fire%20Forces", "list"),
                try link("/list.php?u=FIRE+FORCE", "list"), try link("/anime/1/fire%20force", "anime"),
            ]
            let left = try await temporary.database.forgotten.without(
                links.map { FoundLink(url: $0, foundOn: "list") }, amongPages: ["list"])
            #expect(left.map(\.url.path) == ["/animelist/Fire%20Forces", "/anime/1/fire%20force"])
        }
    }
}

@Suite("PersonMention")
struct PersonMentionTests {
    @Test(
        "a page names a person where a name is a whole segment, text or string",
        arguments: [
            (#"<a href="/profile/Ada">"#, true), (#"<a href="/profile/Ada?x=1">"#, true), ("<b>ADA</b>", true),
            (#"{"username":"ada"}"#, true), (#"{\"username\":\"Ada\"}"#, true), ("u=ada&", true),
            (#"<a href="/profile/Adam">"#, false), ("<b>Ada Lovelace</b>", false), ("Adamant", false), ("", false),
            ("ada", true), ("/nevada", false),
        ])
    func page(text: String, isNamed: Bool) {
        #expect(PersonMention("Ada").isNamed(in: Array(text.utf8)) == isNamed)
    }

    @Test(
        "a name is found as pages write it",
        arguments: [
            ("Tom & Jo", "<a href='/u/Tom%20%26%20Jo'>"), ("Tom & Jo", "<b>tom &amp; jo</b>"),
            ("Tom & Jo", "?u=Tom+%26+Jo&p=2"), ("\u{C9}mile", "<b>\u{C9}MILE</b>"), ("\u{E9}mile", "<b>\u{C9}mile</b>"),
            ("\u{E9}mile", "/u/%C3%A9mile?"), ("\u{E9}mile", "/u/e%CC%81mile/"), ("\u{E9}mile", #""\u00e9mile""#),
            ("\u{E9}mile", #""\u00E9mile""#), ("50%", "/u/50%25?"), ("a.b", "<i>\n  A.b\t</i>"),
            ("O'Neil", "<b>O&#39;Neil</b>"),
        ])
    func spelling(name: String, text: String) {
        #expect(PersonMention(name).isNamed(in: Array(text.utf8)))
    }

    @Test(
        "a name in a sentence or a longer name is not found",
        arguments: ["<b>by a.b</b>", "<b>axb</b>", "<b>a.b c</b>"])
    func notNamed(text: String) {
        #expect(!PersonMention("a.b").isNamed(in: Array(text.utf8)))
    }

    @Test(
        "an address is a person's where a segment or a parameter is the name",
        arguments: [
            ("http://a.test/profile/ada", true), ("http://a.test/profile/%41da/reviews", true),
            ("http://a.test/list?user=ADA&p=2", true), ("http://a.test/profile/adam", false),
            ("http://ada.test/profile", false), ("no url", false),
        ])
    func address(url: String, isAddress: Bool) {
        #expect(PersonMention("Ada").isAddress(url) == isAddress)
    }
}

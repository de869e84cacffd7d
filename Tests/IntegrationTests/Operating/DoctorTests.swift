import Foundation
import MongoDriver
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct DoctorTests {
    /// Check → (ok, detail, remedy).
    private func findings(
        _ rig: CrawlRig, _ environment: [String: String] = [:], _ arguments: [String] = []
    ) async throws -> [String: (ok: Bool, detail: String, remedy: String?)] {
        let program = Program("animematcher", environment: rig.environment.merging(environment) { $1 })
        let result = try await program.run(["doctor", "--json"] + arguments)
        let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]] ?? []
        let found = rows.map { row in
            (
                row["check"] as? String ?? "",
                (row["ok"] as? Bool ?? false, row["detail"] as? String ?? "", row["remedy"] as? String)
            )
        }
        #expect(result.status == (found.allSatisfy { $0.1.0 } ? 0 : 1))
        return Dictionary(found) { first, _ in first }
    }

    private func home(_ configuration: String) throws -> ProgramHome {
        try ProgramHome(
            spider: try String(
                contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8),
            site: "demo", configuration: configuration)
    }

    @Test("what is well is said, and the server, its clock and its disk are looked at")
    func well() async throws {
        try await CrawlRig.with(anime: 10, users: 2) { rig in
            try await rig.crawl()
            _ = try await rig.animematcher("index", "build")
            let found = try await findings(rig)
            for check in ["MongoDB", "MongoDB version", "replica set", "clock", "time zones", "index", "spiders"] {
                #expect(found[check]?.ok == true, "\(check): \(String(describing: found[check]))")
            }
            #expect(found["MongoDB's disk"]?.detail.contains("GiB") == true)
            #expect(found["index"]?.detail.contains("knows all changes") == true)
        }
    }

    @Test("what is not well is named with what to do about it")
    func unwell() async throws {
        let home = try home(
            """
            contact: mailto:a@example.org
            service: {tokens: ["sha256:\(String(repeating: "0", count: 64))"]}
            sites: {myanimelist: {delay: 6s}}
            schedules:
              - {name: nightly, site: demo, cron: "0 4 * * *"}
            """)
        defer { home.remove() }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: home.configuration.path)
        try await CrawlRig.with(anime: 10, users: 2) { rig in
            try await rig.crawl()
            _ = try await rig.animematcher("index", "build")
            // A migration that this database has not had; doctor looks, and changes nothing.
            let migrations = rig.temporary.client.database(rig.temporary.name).collection("migrations")
            #expect(try await migrations.deleteOne(["_id": 1]) == 1)
            // A change that nobody has folded in for a day.
            let database = rig.temporary.client.database(rig.temporary.name)
            let counter = try await database.collection("counters").findOneAndUpdate(
                ["_id": "changes"], ["$inc": ["value": .int64(1)]], .init(upsert: true))
            let number = counter?["value"]?.intValue ?? 0
            try await database.collection("changes").insert([
                "_id": .int64(Int64(number)), "subject": "entry", "key": "demo:1", "operation": "update", "fields": [],
                "cause": ["kind": "crawl", "id": "x"], "at": .date(Date(timeIntervalSinceNow: -86_400)),
            ])
            let found = try await findings(rig, home.environment, ["--service-port", "1"])
            #expect(found["migrations"]?.remedy?.contains("animematcher migrate") == true)
            #expect(try await migrations.findOne(["_id": 1]) == nil)
            #expect(found["configuration file"]?.remedy?.contains("chmod o-r") == true)
            #expect(found["site myanimelist"]?.detail.contains("acknowledged_terms") == true)
            #expect(found["schedule nightly"]?.remedy?.contains("role schedule") == true)
            #expect(found["index"]?.ok == false && found["index"]?.remedy?.contains("index update") == true)
            #expect(found["service"]?.ok == false)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: home.configuration.path)
            #expect(try await findings(rig, home.environment)["configuration file"]?.ok == true)
        }
    }
}

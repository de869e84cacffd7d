import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

extension FaultTests {
    @Suite("Upgrades")
    struct UpgradeTests {
        /// A folder of an older version's programs, schemas and spiders, where one is at hand.
        private static let older = ProcessInfo.processInfo.environment["ANIMEMATCHER_OLDER"]

        @Test("schemas of a newer version that is taken back in the middle of a crawl change nothing of the result")
        func schemas() async throws {
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let meter = RequestMeter(rig.site)
                let older = try await rig.start([])
                await meter.wait(for: 60, of: older)
                older.signal(SIGKILL)
                _ = await older.exit()
                // A newer version knows a field more of each URL, and has written it.
                let newer = try ProgramHome(
                    spider: rig.plan.spider, site: "spread", configuration: rig.plan.configuration(port: rig.site.port))
                defer { newer.remove() }
                let schema = newer.schema("frontier")
                let text = try String(contentsOf: schema, encoding: .utf8)
                try text.replacing(
                    "\"properties\": {\n", with: "\"properties\": {\n\"newer\": {\"bsonType\": \"string\"},\n",
                    maxReplacements: 1
                ).write(to: schema, atomically: true, encoding: .utf8)
                let next = try await rig.start(["--resume"], environment: newer.environment)
                await meter.wait(for: 60, of: next)
                next.signal(SIGKILL)
                _ = await next.exit()
                let frontier = rig.temporary.client.database(rig.temporary.name).collection("frontier")
                try await frontier.updateMany(["state": "done"], ["$set": ["newer": "yes"]])
                // Back to the older one, which holds its documents to a schema without that field.
                try await rig.finish(["--resume"])
                try await rig.expectReference()
            }
        }

        @Test(
            "what an older program left in the middle of a crawl is finished by this one",
            .enabled(if: older != nil, "ANIMEMATCHER_OLDER names no older version"))
        func programs() async throws {
            let folder = URL(fileURLWithPath: try #require(Self.older))
            try await FaultRig.with(FaultSite.small.with(delay: 20)) { rig in
                let home = try ProgramHome(
                    spider: rig.plan.spider, site: "spread", configuration: rig.plan.configuration(port: rig.site.port),
                    from: folder)
                defer { home.remove() }
                try await rig.temporary.client.database(rig.temporary.name).drop()
                let meter = RequestMeter(rig.site)
                let program = Program(
                    "animematcher", environment: rig.environment.merging(home.environment) { $1 }, folder: folder)
                let older = try await RunningProgram(program, ["crawl", "spread"])
                await meter.wait(for: 80, of: older)
                older.signal(SIGINT)
                #expect(await older.exit() == 0, "\(older.errors)")
                try await rig.finish(["--resume"])
                try await rig.expectReference()
                // And back: a clear refusal, or nothing different.
                let back = try await program.run(["crawl", "spread", "--resume"])
                #expect(!back.errors.contains("Fatal"), "\(back.errors)")
                try await rig.expectReference()
                FaultReport(
                    test: "an older version's state", faults: 1, differences: 0,
                    note: back.status == 0 ? "and back: equal" : "and back: refused"
                ).write()
            }
        }
    }
}

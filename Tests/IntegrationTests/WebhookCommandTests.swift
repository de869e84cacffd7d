import Foundation
import MongoDriver
import Storage
import Synchronization
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct WebhookCommandTests {
    private static let secret = "whsec_" + Data((0..<32).map { UInt8($0) }).base64EncodedString()

    /// Checks signatures with Python's own HMAC, and prints how many are good.
    private static let check = """
        import base64, hashlib, hmac, json, sys
        key, good = base64.b64decode(sys.argv[1].removeprefix("whsec_")), 0
        for line in sys.stdin:
            m = json.loads(line)
            signed = f"{m['id']}.{m['timestamp']}.{m['body']}".encode()
            want = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
            good += any(hmac.compare_digest(want, s) for s in m["signature"].split())
        print(good)
        """

    private func home(_ server: AskedServer, more: String = "") throws -> ProgramHome {
        try ProgramHome(
            spider: try String(
                contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8),
            site: "demo",
            configuration: """
                webhooks:
                  - {name: hook, url: "http://127.0.0.1:\(server.port)/h", secret: "{env:HOOK_SECRET}", batch: 10}
                \(more)
                """)
    }

    private func program(_ name: String = "animematcher", _ rig: CrawlRig, _ home: ProgramHome) -> Program {
        let environment = rig.environment.merging(home.environment) { $1 }
        return Program(name, environment: environment.merging(["HOOK_SECRET": Self.secret]) { $1 })
    }

    private static func numbers(_ asked: AskedServer.Asked) -> [Int] {
        let body = try? JSONValue(parsing: asked.body)
        return (body?["data"]?["changes"]?.arrayValue ?? []).compactMap { $0["number"]?.intValue.map(Int.init) }
    }

    @Test("a crawl's changes arrive in order, each once, signed as Python's hmac signs; the secret is shown nowhere")
    func crawl() async throws {
        let server = try AskedServer { _ in .init("") }
        defer { server.stop() }
        let home = try home(server)
        defer { home.remove() }
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            try await rig.crawl()
            let program = program("animematcher", rig, home)
            let tried = try await program.run(["webhook", "test", "hook"])
            #expect(tried.status == 0 && tried.output == "accepted\n", "\(tried.errors)")
            let run = try await program.run(["webhook", "run", "hook", "--once", "--json"])
            #expect(run.status == 0, "\(run.errors)")
            let newest = try await rig.database.changes.newest()
            #expect(server.asked.dropFirst().flatMap(Self.numbers) == Array(1...newest))
            let lines = server.asked.map { asked in
                JSONValue.object([
                    "id": .string(asked.fields["webhook-id"] ?? ""),
                    "timestamp": .string(asked.fields["webhook-timestamp"] ?? ""),
                    "signature": .string(asked.fields["webhook-signature"] ?? ""), "body": .string(asked.body),
                ]).serialized()
            }
            let checked = try await Command.named("python3", ["-c", Self.check, Self.secret])
                .run(input: Data(lines.joined(separator: "\n").utf8))
            #expect(checked.status == 0, "\(checked.errors)")
            #expect(checked.output == "\(lines.count)\n")
            let list = try await program.run(["webhook", "list"])
            let consumers = try await program.run(["changes", "consumers"])
            let doctor = try await program.run(["doctor"])
            #expect(consumers.output.contains("webhook:hook: has taken in all \(newest) changes"))
            #expect(consumers.output.contains("catalogue: "))
            let said = [tried, run, list, consumers, doctor].map { $0.output + $0.errors }.joined()
            #expect(!said.contains(Self.secret) && !said.contains("AAEC"))
            #expect(doctor.output.contains("consumer webhook:hook"))
        }
    }

    @Test(
        "killed between the receiver's taking a message and the note of it, the same message comes again, and nothing is missing"
    )
    func killed() async throws {
        let victim = Mutex<RunningProgram?>(nil)
        let server = try AskedServer { asked in
            // The request has come whole; the answer never reaches the program.
            if Self.numbers(asked).contains(25) { victim.withLock { $0.take() }?.signal(SIGKILL) }
            return .init("")
        }
        defer { server.stop() }
        let home = try home(server)
        defer { home.remove() }
        try await CrawlRig.with(anime: 20, users: 4) { rig in
            try await rig.crawl()
            let program = program("animematcher", rig, home)
            let running = try await RunningProgram(program, ["webhook", "run", "hook"])
            victim.withLock { $0 = running }
            #expect(await running.exit() == SIGKILL)
            let before = server.asked.count
            // Its turn ends after half a minute, which nobody waits for here.
            let busy = try await program.run(["webhook", "run", "hook", "--once"])
            #expect(busy.status == 1 && busy.errors.contains("another program"))
            try await rig.temporary.client.database(rig.temporary.name).collection("consumers").updateOne(
                ["_id": "webhook:hook"], ["$set": ["until": .null]])
            let run = try await program.run(["webhook", "run", "hook", "--once"])
            #expect(run.status == 0, "\(run.errors)")
            let (last, again) = (server.asked[before - 1], server.asked[before])
            #expect(last.fields["webhook-id"] == again.fields["webhook-id"] && last.body == again.body)
            var seen: Set<String> = []
            let once = server.asked.filter { seen.insert($0.fields["webhook-id"] ?? "").inserted }
            #expect(once.flatMap(Self.numbers) == Array(1...(try await rig.database.changes.newest())))
        }
    }

    @Test("the service delivers what is written while it runs; two of them, each change once")
    func service() async throws {
        let server = try AskedServer { _ in .init("") }
        defer { server.stop() }
        let home = try home(server)
        defer { home.remove() }
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            let program = program("animematcher-serve", rig, home)
            let serve = [
                try await RunningProgram(program, ["--roles", "webhooks"]),
                try await RunningProgram(program, ["--roles", "webhooks"]),
            ]
            try await rig.crawl()
            let newest = try await rig.database.changes.newest()
            let deadline = ContinuousClock.now + .seconds(60)
            while try await rig.database.position(of: "webhook:hook").read().change < newest,
                ContinuousClock.now < deadline
            {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(server.asked.flatMap(Self.numbers) == Array(1...newest))
            for one in serve {
                one.signal(SIGTERM)
                #expect(await one.exit() == 0, "\(one.errors)")
            }
        }
    }

    @Test("changes are skipped up to one that there is; a number beyond the newest is refused with what is expected")
    func skip() async throws {
        let server = try AskedServer { _ in .init("") }
        defer { server.stop() }
        let home = try home(server)
        defer { home.remove() }
        try await CrawlRig.with(anime: 3, users: 1) { rig in
            try await rig.crawl()
            let program = program("animematcher", rig, home)
            let newest = try await rig.database.changes.newest()
            let skipped = try await program.run(["webhook", "skip", "hook", "--to", "2"])
            #expect(skipped.status == 0 && skipped.output == "hook goes on after change 2\n", "\(skipped.errors)")
            let beyond = try await program.run(["webhook", "skip", "hook", "--to", "\(newest + 1)"])
            #expect(beyond.status == 1 && beyond.errors.contains("expected 0 to \(newest)"), "\(beyond.errors)")
            #expect(try await rig.database.position(of: "webhook:hook").read().change == 2)
            let all = try await program.run(["webhook", "skip", "hook"])
            #expect(all.output == "hook goes on after change \(newest)\n", "\(all.errors)")
        }
    }

    @Test("without its secret nothing is sent, and the variable is named")
    func noSecret() async throws {
        let server = try AskedServer { _ in .init("") }
        defer { server.stop() }
        let home = try home(server)
        defer { home.remove() }
        try await CrawlRig.with(anime: 2, users: 1) { rig in
            let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
            let run = try await program.run(["webhook", "run", "hook", "--once"])
            #expect(run.status == 1 && run.errors.contains("HOOK_SECRET is not set"))
            let doctor = try await program.run(["doctor"])
            #expect(doctor.status == 1 && doctor.output.contains("HOOK_SECRET"))
            let other = try await program.run(["webhook", "run", "nobody", "--once"])
            #expect(other.status == 1 && other.errors.contains("it has hook"))
            #expect(server.asked.isEmpty)
        }
    }
}

import Foundation
import DemoSite
import MongoDriver
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ServeRolesTests {
    /// Waits until a program has said something, or has ended.
    private func said(_ text: String, _ program: RunningProgram) async throws -> Bool {
        while program.isRunning, !program.errors.contains(text) { try await Task.sleep(for: .milliseconds(20)) }
        return program.errors.contains(text)
    }

    private func hook(_ name: String, _ server: AskedServer) -> String {
        "webhooks: [{name: \(name), url: \"http://127.0.0.1:\(server.port)/\(name)\", secret: \"{env:HOOK_SECRET}\"}]\n"
    }

    @Test("on SIGHUP a new configuration is taken over, a broken one leaves the old one and says where it is wrong")
    func reload() async throws {
        let server = try AskedServer { _ in .init("") }
        defer { server.stop() }
        let demo = try String(
            contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8)
        let home = try ProgramHome(spider: demo, site: "demo", configuration: hook("first", server))
        defer { home.remove() }
        try await CrawlRig.with(anime: 2, users: 1) { rig in
            let secret = ["HOOK_SECRET": "whsec_" + Data((0..<32).map { UInt8($0) }).base64EncodedString()]
            let environment = rig.environment.merging(home.environment) { $1 }.merging(secret) { $1 }
            let serve = try await RunningProgram(
                Program("animematcher-serve", environment: environment), ["--roles", "webhooks"])
            try await rig.crawl()
            func delivered(to name: String) async throws {
                let newest = try await rig.database.changes.newest()
                while serve.isRunning, try await rig.database.position(of: "webhook:\(name)").read().change < newest {
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            try await delivered(to: "first")
            try home.write(configuration: "webhooks: [{nmae: second}]\n")
            serve.signal(SIGHUP)
            #expect(try await said("the configuration is left as it was", serve))
            #expect(serve.errors.contains("animematcher.yaml:1:") && serve.errors.contains("nmae"), "\(serve.errors)")
            try home.write(configuration: hook("second", server))
            serve.signal(SIGHUP)
            try await delivered(to: "second")
            #expect(server.asked.contains { $0.target == "/second" })
            serve.signal(SIGTERM)
            #expect(await serve.exit() == 0, "\(serve.errors)")
            #expect(!serve.errors.contains("failed and is started again"), "\(serve.errors)")
        }
    }

    @Test(
        "a configuration torn fifty times while the service is asked leaves it as it was, with a word for each",
        .timeLimit(.minutes(3)))
    func torn() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            let file = rig.home.configuration
            let good = try String(contentsOf: file, encoding: .utf8)
            let visitor = PageVisitor(rig.origin)
            // Not cancelled: a request that Foundation's URLSession is told to give up may never come back.
            let isOver = Mutex(false)
            defer { isOver.withLock { $0 = true } }
            let asking = Task {
                var answers: [Int] = []
                while !isOver.withLock({ $0 }) {
                    answers.append((try? await visitor.get("/healthz").status) ?? 0)
                }
                return answers
            }
            func count(_ text: String) -> Int { rig.serve.errors.ranges(of: text).count }
            func heard(_ text: String, after before: Int) async throws {
                while rig.serve.isRunning, count(text) == before { try await Task.sleep(for: .milliseconds(10)) }
            }
            let (kept, taken) = ("the configuration is left as it was", "configuration read again")
            for round in 0..<50 {
                let bad = count(kept)
                switch round % 3 {
                case 0: try rig.home.write(configuration: String(good.dropLast(2 + round % 20)))
                case 1: try rig.home.write(configuration: good + "servcie: {}\n")
                default: try Data([0xFF, 0xFE, 0x00]).write(to: file, options: .atomic)
                }
                rig.serve.signal(SIGHUP)
                try await heard(kept, after: bad)
                let again = count(taken)
                try rig.home.write(configuration: good)
                rig.serve.signal(SIGHUP)
                try await heard(taken, after: again)
            }
            isOver.withLock { $0 = true }
            let answers = await asking.value
            #expect(!answers.isEmpty && answers.allSatisfy { $0 == 200 }, "\(Set(answers))")
            // Who looks every two seconds may see a file just before the signal does.
            #expect((50...100).contains(count(kept)) && rig.serve.isRunning)
            #expect(rig.serve.errors.contains("animematcher.yaml") && rig.serve.errors.contains("servcie"))
        }
    }

    @Test("why it does not start is JSON where the log is, and obeys nothing that a file says")
    func startFailure() async throws {
        let home = try ProgramHome(spider: "", site: "demo", configuration: "\"na\\u001b[31mme\": 1\n")
        defer { home.remove() }
        let program = Program("animematcher-serve", environment: home.environment)
        let text = try await program.run(["--roles", "http"])
        #expect(text.status != 0 && !text.errors.contains("\u{1B}") && text.errors.contains("[31m"), "\(text.errors)")
        let json = try await program.run(["--roles", "http", "--log-format", "json"])
        let lines = json.errors.split(separator: "\n")
        #expect(json.status != 0 && !lines.isEmpty)
        for line in lines {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any], "\(line)")
        }
    }

    @Test("a port that is taken ends the service at its start, with a word about it")
    func portTaken() async throws {
        try await CrawlRig.with(anime: 1, users: 0) { rig in
            let program = Program("animematcher-serve", environment: rig.environment)
            let serve = try await RunningProgram(program, ["--roles", "http", "--port", "\(rig.site.port)"])
            #expect(await serve.exit() != 0)
            #expect(serve.errors.lowercased().contains("is taken by another program"), "\(serve.errors)")
        }
    }

    @Test("an unknown role is named")
    func unknownRole() async throws {
        let serve = try await RunningProgram(Program("animematcher-serve"), ["--roles", "http,cook"])
        #expect(await serve.exit() == 64)
        #expect(serve.errors.contains("'cook' is no role"), "\(serve.errors)")
    }

    @Test("all roles at once end within ten seconds of SIGTERM while a crawl runs, and the crawl can be gone on with")
    func drain() async throws {
        let schedules = "  - {name: slow, site: demo, every: 2s, crawl: {start: [ORIGIN/topanime.php]}}"
        try await ScheduleRig.with(schedules, anime: 30, behaviour: "delay ms=300") { rig in
            let serve = try await rig.start("animematcher-serve", ["--port", "0"])
            try await rig.requests(5, or: serve)
            let start = ContinuousClock.now
            serve.signal(SIGTERM)
            #expect(await serve.exit() == 0, "\(serve.errors)")
            #expect(start.duration(to: .now) < .seconds(12), "\(serve.errors)")
            // A crawl that needed longer was killed: then its lease has to end first.
            try await rig.eventually("the fire is due again") {
                try await rig.fires.reap()
                return try await rig.documents("fires", ["state": "due"]).contains { $0["run"]?.stringValue != nil }
            }
        }
    }
}

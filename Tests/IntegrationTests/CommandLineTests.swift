import Foundation
import TestSupport
import Testing

/// What is refused before anything is asked of anybody: neither a database nor a site is needed for it.
@Suite struct CommandLineTests {
    /// A program whose database nobody can reach.
    private func program(_ name: String = "animematcher", _ environment: [String: String] = [:]) -> Program {
        let unreachable = ["MONGODB_URI": "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300"]
        return Program(name, environment: unreachable.merging(environment) { $1 })
    }

    @Test("a number of hosts or changes that cannot be is refused, not made another one")
    func numbers() async throws {
        for hosts in ["0", "-1"] {
            let crawl = try await program().run(["crawl", "demo", "--concurrent-hosts=\(hosts)"])
            #expect(crawl.status == 64 && crawl.errors.contains("expected a whole number from 1"), "\(crawl.errors)")
        }
        let skip = try await program().run(["webhook", "skip", "hook", "--to=-3"])
        #expect(skip.status == 64 && skip.errors.contains("--to -3: expected 0, or"), "\(skip.errors)")
    }

    @Test(
        "how many are to be shown has bounds", arguments: [["similar", "x", "--top=0"], ["topics", "--examples=-1"]])
    func counts(command: [String]) async throws {
        let result = try await program().run(command)
        #expect(result.status == 64 && result.errors.contains("expected a number from"), "\(result.errors)")
    }

    @Test(
        "what means nothing alone, or can match nothing, is refused",
        arguments: [
            (["crawl", "demo", "--yield-pages=5"], "--yield-pages: expected --min-yield beside it"),
            (["frontier", "retry", "demo", "--reason", ""], "--reason: expected the beginning of a reason"),
            (["schedule", "next", "--from", "9999-12-31T23:00:00Z"], "before the year 9900"),
        ])
    func meaningless(command: [String], message: String) async throws {
        let result = try await program().run(command)
        #expect(result.status == 64 && result.errors.contains(message), "\(result.errors)")
    }

    @Test("the fires of a schedule that is turned off are shown as what they are, where they are asked for")
    func disabled() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let schedule = "schedules: [{name: off, site: demo, cron: '@daily', enabled: false}]\n"
        try schedule.write(to: file, atomically: true, encoding: .utf8)
        let next = try await program().run(["schedule", "next", "off", "--config", file.path, "--days", "2"])
        let fires = next.output.split(separator: "\n").filter { $0.hasPrefix("  ") }
        #expect(fires.count == 2 && fires.allSatisfy { $0.hasSuffix("off  demo  UTC, left out: disabled") }, "\(fires)")
    }

    @Test("where nobody likes anything nothing is evaluated")
    func nothingLiked() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try "user,item,rating\n1,1,9\n1,2,8\n2,1,7\n".write(to: file, atomically: true, encoding: .utf8)
        let result = try await program().run(
            ["evaluate", "--train", file.path, "--test", file.path, "--baselines", "none", "--like", "99"])
        #expect(result.status == 1 && result.errors.contains("no rating is 99 or more"), "\(result.errors)")
    }

    @Test("the service reads the configuration that --config names, and says how to start a MongoDB that is away")
    func service() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try "service: {images: foo}\n".write(to: file, atomically: true, encoding: .utf8)
        let wrong = try await program("animematcher-serve").run(["--config", file.path])
        #expect(wrong.status == 1 && wrong.errors.contains("\(file.lastPathComponent):1:"), "\(wrong.errors)")
        // Whoever asks what is wrong is told it once.
        let doctor = try await program().run(["doctor", "--config", file.path])
        #expect(doctor.output.contains("MongoDB: not asked, as the configuration cannot be read"), "\(doctor.output)")
        let away = try await program("animematcher-serve").run(["--port", "0"])
        #expect(away.status == 1 && away.errors.contains("  Start one:       Scripts/mongod start"), "\(away.errors)")
    }

    @Test(
        "a mistake that a command notices when it runs is told with that command's usage",
        arguments: [
            (["export", "entries", "x.foo"], "export"), (["export", "entries", "x.npz"], "export"),
            (["frontier", "add", "demo"], "frontier add"),
            (["extract", "--spider", "demo", "--url", "foo", "-"], "extract"),
        ])
    func usage(arguments: [String], command: String) async throws {
        let result = try await program().run(arguments)
        #expect(result.status == 64)
        #expect(result.errors.hasPrefix("Error: "), "\(result.errors)")
        #expect(result.errors.contains("\nUsage: animematcher \(command) "), "\(result.errors)")
        #expect(result.errors.contains("See 'animematcher \(command) --help'"), "\(result.errors)")
    }

    @Test("what a killed process with this one's number left of the database's library is said nowhere, and goes")
    func formerNumber() async throws {
        let program = Program.folder.appendingPathComponent("animematcher").path
        let script = "f=/dev/shm/mongoc-$$; : > $f; echo $f; exec '\(program)' url http://a.example/"
        let result = try await Program("sh", folder: URL(fileURLWithPath: "/bin")).run(["-c", script])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: try #require(result.lines.first)))
    }

    @Test("a folder of pages that is not there is a failure like a file that is not there")
    func missingFolder() async throws {
        let result = try await program().run(["spider", "table", "--spider", "demo", "/nowhere/pages"])
        #expect(result.status == 1 && result.errors.contains("/nowhere/pages: expected a folder"), "\(result.errors)")
    }

    @Test(
        "a configuration that is not there is named, with what named it",
        arguments: [["crawl", "demo"], ["schedule", "list"]])
    func missingConfiguration(command: [String]) async throws {
        let option = try await program().run(command + ["--config", "/nowhere/a.yaml"])
        let variable = try await program("animematcher", ["ANIMEMATCHER_CONFIG": "/nowhere/b.yaml"]).run(command)
        for (result, file, name) in [(option, "a.yaml", "--config"), (variable, "b.yaml", "ANIMEMATCHER_CONFIG")] {
            #expect(result.status == 1)
            #expect(result.errors.contains("/nowhere/\(file): there is no such file"), "\(result.errors)")
            #expect(result.errors.contains("that \(name) names"), "\(result.errors)")
            #expect(!result.errors.contains("standard input"))
        }
    }

    @Test(
        "a form of logs that there is not is refused in the environment as on the command line",
        arguments: [
            ("animematcher", ["url", "http://a.example/"]), ("animematcher", ["serve", "--roles", "http"]),
            ("animematcher-serve", ["--roles", "http"]),
        ])
    func logFormat(name: String, arguments: [String]) async throws {
        let result = try await program(name, ["ANIMEMATCHER_LOG_FORMAT": "xml"]).run(arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains("ANIMEMATCHER_LOG_FORMAT=xml: expected text or json"), "\(result.errors)")
    }

    @Test("the command line wins over a form in the environment, an empty one is none, and help is there all the same")
    func otherLogFormat() async throws {
        let wrong = program("animematcher", ["ANIMEMATCHER_LOG_FORMAT": "xml"])
        let chosen = try await wrong.run(["crawl", "nowhere", "--log-format", "text"])
        #expect(chosen.status == 1 && chosen.errors.contains("there is no such spider"), "\(chosen.errors)")
        #expect(try await wrong.run(["crawl", "--help"]).status == 0)
        let empty = program("animematcher", ["ANIMEMATCHER_LOG_FORMAT": ""])
        #expect(try await empty.run(["url", "http://a.example/"]).status == 0)
    }
}

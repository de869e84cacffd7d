import Foundation
import TestSupport
import Testing

/// A crawled and indexed demo site, and the service on a port of its own, with a token.
struct ServeRig {
    let rig: CrawlRig
    let serve: RunningProgram
    let origin: String
    let token: String
    let home: ProgramHome

    /// Runs `body` with a fresh service, and ends it.
    ///
    /// - Parameters:
    ///   - started: How the program is started, if not as it is.
    ///   - arguments: What it is told besides.
    ///   - more: What stands in its environment besides.
    static func with(
        roles: String = "http", anime: Int = 30, users: Int = 12, configuration: String = "",
        started: (Command) -> Command = { $0 }, arguments: [String] = [], more: [String: String] = [:],
        _ body: (ServeRig) async throws -> Void
    ) async throws {
        let demo = try String(
            contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8)
        let printed = try await Program("animematcher-serve").run(["--new-token"]).output
        let lines = printed.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
        let words = lines.map { $0.last?.trimmingCharacters(in: .whitespaces) ?? "" }
        let settings = try #require(words.last).replacing("service: {", with: "service: {\(configuration)")
        let home = try ProgramHome(spider: demo, site: "demo", configuration: settings + "\n")
        defer { home.remove() }
        try await CrawlRig.with(anime: anime, users: users) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("port-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: file) }
            let environment = rig.environment.merging(home.environment) { $1 }
            let command = Program("animematcher-serve", environment: environment.merging(more) { $1 }).command(
                ["--roles", roles, "--port", "0", "--port-file", file.path] + arguments)
            let serve = try await RunningProgram(started(command))
            var port: String?
            while serve.isRunning, port == nil {
                port = try? String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .newlines)
                if port == nil { try await Task.sleep(for: .milliseconds(20)) }
            }
            let own = ServeRig(
                rig: rig, serve: serve, origin: "http://127.0.0.1:\(try #require(port, "\(serve.errors)"))",
                token: words.first ?? "", home: home)
            try await body(own)
            serve.signal(SIGTERM)
            #expect(await serve.exit() == 0, "\(serve.errors)")
        }
    }
}

import ArgumentParser
import CrawlDomain
import CrawlEngine
import Reports
import Storage
import Terminal
import WebStandards

/// `animematcher control stop`.
struct ControlStopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "End running crawls of a site; what was fetched is stored.",
        discussion: """
              animematcher control stop demo
              animematcher control stop demo --run demo-20260102T030405Z-a1b2
            """)

    @Argument(help: "The site.") var site: String
    @Option(name: .customLong("run"), help: "This run only.") var runID: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try ProjectFolder.check(site: site)
        let runs = try await database.withDatabase { database, _ in
            let running = try await database.runs.running(site: site).filter { !$0.isLost }.map(\.run.id)
            let asked = running.filter { runID == nil || $0 == runID }
            if let runID, asked.isEmpty {
                throw Failure(
                    "\(Console.visible(runID)): no run of \(site) that is under way; "
                        + "`animematcher control status \(site)` shows them")
            }
            if !asked.isEmpty { try await database.control.stop(site: site, runs: asked) }
            return asked
        }
        if json { return Console.print(.object(["stopping": .array(runs.map { .string($0) })])) }
        Console.print(runs.isEmpty ? "no run is under way" : "asked to end: \(runs.joined(separator: ", "))")
    }
}

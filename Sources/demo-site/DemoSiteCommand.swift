import ArgumentParser
import DemoSite
import Foundation

/// Serves the demo site until it is told to stop.
@main
struct DemoSiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-site",
        abstract: "Serves a fictional anime catalogue, or recorded pages, on 127.0.0.1.",
        discussion: """
            Everything in the catalogue is invented. The same seed and sizes give the same pages.

            EXAMPLES
              demo-site --port 8080 --anime 500 --users 200
              demo-site --behaviour "429 every=10 retry-after=1" --behaviour "truncate first=1 path=/anime/*"
              demo-site --recorded PAGES --access-log access.jsonl --port-file port
            """)

    @Option(help: "The port on 127.0.0.1; 0 takes any free one.")
    var port: UInt16 = 0

    @Option(help: "How many anime.")
    var anime = 200

    @Option(help: "How many users.")
    var users = 100

    @Option(help: "What the catalogue is composed from.")
    var seed: UInt64 = 1

    @Option(help: "Seconds in robots.txt's Crawl-delay.")
    var crawlDelay: Double?

    @Option(help: "Kilobytes of padding in every page.")
    var pageSize = 0

    @Option(help: "What links begin with; by default http:// and the asked host.")
    var origin: String?

    @Option(help: "Spread the catalogue over so many names: h0.demo.test, h1.demo.test … (asked through connect_to).")
    var hosts = 0

    @Option(help: "A file for the access log, one JSON object a line.")
    var accessLog: String?

    @Option(help: "A folder of recorded pages with an index.jsonl, served instead of the catalogue.")
    var recorded: String?

    @Option(help: "What goes wrong, such as \"503 retry-after=2 every=7 path=/anime/*\"; may be repeated.")
    var behaviour: [String] = []

    @Flag(help: "Pages without end below /trap/: a calendar, session ids, a list, repeated folders, filters.")
    var traps = false

    @Option(help: "A file the port is written to once the site listens.")
    var portFile: String?

    mutating func validate() throws {
        guard (1...1_000_000).contains(anime) else { throw ValidationError("--anime must be between 1 and 1000000") }
        guard (0...1_000_000).contains(users) else { throw ValidationError("--users must be between 0 and 1000000") }
        guard (0...10_000).contains(pageSize) else { throw ValidationError("--page-size must be between 0 and 10000") }
        guard (0...1_000).contains(hosts) else { throw ValidationError("--hosts must be between 0 and 1000") }
        if let crawlDelay, !(0...86_400).contains(crawlDelay) {
            throw ValidationError("--crawl-delay must be between 0 and 86400")
        }
    }

    func run() throws {
        // Before the server's threads exist, so that they inherit the mask.
        let signals = StopSignals()
        let site = try start()
        let address = "http://127.0.0.1:\(site.port)/"
        print("demo-site: \(content(of: site)) at \(address)")
        fflush(nil)
        if let portFile { try Data("\(site.port)\n".utf8).write(to: URL(fileURLWithPath: portFile), options: .atomic) }
        signals.wait()
        site.stop()
    }

    private func start() throws -> DemoSiteServer {
        var options = DemoSiteOptions(crawlDelay: crawlDelay, pageKilobytes: pageSize, origin: origin)
        options.hasTraps = traps
        options.hosts = VirtualHosts(count: hosts)
        let rules = try Behaviour(parsing: behaviour.joined(separator: ";"), seed: seed)
        let log =
            try accessLog.map { path throws(DemoSiteError) in try AccessLog(path: path) }
            ?? AccessLog(keepsEntries: false)
        if let recorded {
            let pages = try RecordedPages(directory: URL(fileURLWithPath: recorded))
            return try DemoSiteServer(recorded: pages, options: options, behaviour: rules, port: port, log: log)
        }
        let catalogue = DemoCatalogue(seed: seed, animeCount: anime, userCount: users)
        return try DemoSiteServer(catalogue: catalogue, options: options, behaviour: rules, port: port, log: log)
    }

    private func content(of site: DemoSiteServer) -> String {
        recorded.map { "recorded pages of \($0)" } ?? "\(anime) anime and \(users) users"
    }
}

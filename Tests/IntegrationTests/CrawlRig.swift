import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

/// A demo site, a database of its own, and the built program between them.
struct CrawlRig {
    let site: DemoSiteServer
    let temporary: TemporaryDatabase

    var origin: String { "http://127.0.0.1:\(site.port)" }
    var database: AnimeDatabase { temporary.database }

    /// The pages a crawl of the whole catalogue starts from.
    var starts: [String] { ["--start", "\(origin)/topanime.php", "--start", "\(origin)/users.php?show=0"] }

    /// Runs `body` with a fresh rig.
    static func with<Value>(
        anime: Int = 40, users: Int = 12, crawlDelay: Double? = nil, maximumAge: Int? = nil, behaviour: String = "",
        _ body: (CrawlRig) async throws -> Value
    ) async throws -> Value {
        try await TemporaryDatabase.with { temporary in
            let site = try DemoSiteServer(
                catalogue: DemoCatalogue(seed: 7, animeCount: anime, userCount: users),
                options: DemoSiteOptions(crawlDelay: crawlDelay, maximumAge: maximumAge),
                behaviour: try Behaviour(parsing: behaviour), port: 0)
            defer { site.stop() }
            return try await body(CrawlRig(site: site, temporary: temporary))
        }
    }

    /// Runs `animematcher` on this rig's database.
    func animematcher(_ arguments: String...) async throws -> Program.Result { try await animematcher(arguments) }

    /// Runs `animematcher` on this rig's database.
    func animematcher(_ arguments: [String]) async throws -> Program.Result {
        try await program.run(arguments)
    }

    var program: Program { Program("animematcher", environment: environment) }

    /// What makes the program use this rig's database.
    var environment: [String: String] {
        ["MONGODB_URI": temporary.uri, "ANIMEMATCHER_DATABASE": temporary.name]
    }

    /// Crawls and returns the summary; a failure is reported with what the program said.
    @discardableResult
    func crawl(_ arguments: [String]? = nil) async throws -> [String: Any] {
        let result = try await animematcher(["crawl", "demo", "--json"] + (arguments ?? starts))
        #expect(result.status == 0, "\(result.errors)")
        return result.object
    }
}

extension [String: Any] {
    /// A number of the summary, "counters.pages" for instance.
    func number(_ path: String) -> Int? {
        var value: Any? = self
        for key in path.split(separator: ".") { value = (value as? [String: Any])?[String(key)] }
        return value as? Int
    }
}

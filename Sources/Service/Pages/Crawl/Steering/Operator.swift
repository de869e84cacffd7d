import CrawlDomain
import HTTPTypes
import Reports
import Storage

/// Does what is asked with buttons, by the ways that the API and the command line have for it.
struct Operator: Sendable {
    /// What came of it, in a sentence.
    struct Outcome: Sendable, Hashable {
        let text: String
        var isDone = true
    }

    let database: AnimeDatabase
    let programs: ChildPrograms
    let sites: CrawlableSites

    /// Does it; what cannot be done is an outcome too.
    ///
    /// - Throws: ``Problem`` with what the page is to say.
    func perform(_ instruction: Instruction) async throws -> Outcome {
        switch instruction {
        case .pause(let site, let reason):
            try await database.control.setPaused(.site(site), true, reason: reason)
            return Outcome(text: "\(site) is paused: it is asked nothing until you resume it.")
        case .resume(let site):
            try await database.control.setPaused(.site(site), false)
            return Outcome(text: "\(site) goes on.")
        case .pauseHost(let host, let site):
            let isKnown = try await database.control.setPaused(.host(host, site: site), true)
            return isKnown
                ? Outcome(text: "\(host) is paused, for all sites.") : Self.unknown(host: host, site)
        case .resumeHost(let host, let site):
            let isKnown = try await database.control.setPaused(.host(host, site: site), false)
            return isKnown ? Outcome(text: "\(host) goes on.") : Self.unknown(host: host, site)
        case .start(let site):
            try await begin(site)
            return Outcome(text: "A crawl of \(site) begins; it is shown here in a moment.")
        case .stop(let site):
            let count = try await stop(site)
            return count == 0
                ? Outcome(text: "No crawl of \(site) is under way.", isDone: false)
                : Outcome(text: "\(Wording.count(count, "crawl")) of \(site) ends; what is under way is stored.")
        case .recrawl(let url, let site):
            try await recrawl(try sites.page(url, of: site), whole: false)
            let isCrawled = try await database.runs.running(site: site).contains { !$0.isLost }
            return Outcome(
                text: "\(url) is due now, before all others\(isCrawled ? "." : "; a crawl must be started for it.")")
        case .retry(let site):
            let count = try await database.frontier.retry(site: site)
            return Outcome(text: "\(Wording.count(count, "URL")) of \(site) will be tried again.")
        case .release(let site, let page, let field):
            // With "=", so that no name is taken for an option.
            let arguments = ["drift", "release", site, "--page=\(page)", "--field=\(field)"]
            return try await programs.run(arguments)
                ? Outcome(text: "\(field) of \(page) is as it should be; what is usual is learnt anew.")
                : Outcome(text: "No alarm of \(field) of \(page) is open.", isDone: false)
        }
    }

    /// Makes a page due before all others.
    ///
    /// - Throws: ``Problem`` where another site has it.
    func recrawl(_ page: FrontierURL, whole: Bool) async throws {
        do {
            try await database.frontier.recrawl([page], whole: whole)
        } catch let foreign as ForeignURL {
            throw Problem(.conflict, foreign.description)
        }
    }

    /// Begins a crawl of a site.
    ///
    /// - Throws: 409 with what keeps it from beginning.
    func begin(_ site: String) async throws {
        try sites.checkMayBeCrawled(site)
        if let pause = try await database.control.instructions(site: site).pause {
            throw Problem(.conflict, "\(site) is \(pause.text); resume it first")
        }
        guard try await programs.start(["crawl", site], as: "crawl \(site)") else {
            throw Problem(.conflict, "a crawl of \(site) was begun here already")
        }
    }

    /// Asks the crawls of a site to end; returns how many.
    func stop(_ site: String) async throws -> Int {
        let running = try await database.runs.running(site: site).filter { !$0.isLost }.map(\.run.id)
        try await database.control.stop(site: site, runs: running)
        return running.count
    }

    private static func unknown(host: String, _ site: String) -> Outcome {
        Outcome(text: "\(host) is no host that \(site) knows.", isDone: false)
    }
}

import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Reports
import Storage
import Terminal
import WebStandards

/// `animematcher control rate`.
struct ControlRateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rate", abstract: "Make crawls of a site slower, or less slow again.",
        discussion: """
              animematcher control rate demo --delay 8s
              animematcher control rate demo --delay 4s --host 127.0.0.1:8765
              animematcher control rate demo --promised

            The delay lies between the end of one answer and the next request to the same host. What is promised to a host, \
            the longest of the floor for public hosts, the delay of the spider and of the configuration, and the Crawl-delay \
            of its robots.txt, cannot be undercut. A host's own delay wins over its site's.
            """)

    @OptionGroup var subject: ControlSubject
    @Option(help: ArgumentHelp("The least delay, such as 8s or 1500ms; at most 1d.", valueName: "time"))
    var delay: String?
    @Flag(help: "Take the delay back: as fast as promised.") var promised = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (delay == nil) == promised else { throw ValidationError("give either --delay or --promised") }
        _ = try asked()
    }

    func run() async throws {
        let asked = try asked()
        let spider = try ProjectFolder.spiders().load(site: subject.site)
        try await database.withDatabase { database, configuration in
            if let asked, let promise = try await longestPromise(spider, configuration, database),
                asked.inSeconds < promise.seconds
            {
                throw Failure(
                    "\(Console.visible(promise.host)) is promised \(promise.seconds) s (\(promise.reason)), "
                        + "\(asked.inSeconds) s would break that; expected --delay of \(promise.seconds) s or more, "
                        + "or --promised")
            }
            guard try await database.control.setDelay(subject.subject, asked?.inSeconds) else {
                throw subject.unknownHost
            }
        }
        ControlAnswer(
            subject, asked.map { "at least \($0.inSeconds) s between two requests" } ?? "as fast as promised",
            delay: asked
        ).print(json: json)
    }

    private func asked() throws -> Duration? {
        guard let delay else { return nil }
        let time = try CloseOptions.time(delay, option: "delay", "a time such as 8s or 1500ms")
        guard time <= .seconds(86_400) else { throw ValidationError("--delay: expected at most 1d") }
        return time
    }

    /// What a host is promised.
    private struct Promise {
        let host: String
        let seconds: Double
        let reason: String
    }

    /// The longest that is promised to the hosts that are meant: by the robots.txt each answered last, and by runs under way, which may
    /// have had a newer one.
    private func longestPromise(
        _ spider: Spider, _ configuration: Configuration, _ database: AnimeDatabase
    ) async throws -> Promise? {
        let memories = try await database.control.memories(site: subject.site, host: subject.host)
        if subject.host != nil, memories.isEmpty { throw subject.unknownHost }
        let profile = try CrawlProfile(
            spider: spider, configuration: configuration, starts: memories.compactMap { WebURL("http://\($0.host)/") },
            run: "control", version: AnimeMatcher.version, userKey: UserNaming.environmentKey)
        let remembered = memories.compactMap { host, memory in
            profile.promise(to: host, remembering: memory).map {
                Promise(host: host, seconds: $0.delay.inSeconds, reason: $0.reason)
            }
        }
        let paces = try await database.runs.running(site: subject.site).flatMap(\.run.paces)
        let running = paces.filter { subject.host == nil || $0.host == subject.host }.map {
            let isPromise = $0.delaySeconds == $0.promiseSeconds
            return Promise(
                host: $0.host, seconds: $0.promiseSeconds, reason: isPromise ? $0.reason : "by the run under way")
        }
        return (remembered + running).max { $0.seconds < $1.seconds }
    }
}

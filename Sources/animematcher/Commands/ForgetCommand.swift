import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Indexing
import Storage
import Terminal
import WebStandards

/// `animematcher forget`: removes a person everywhere.
struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Remove a person's list, reviews and pages everywhere, and keep them from coming back.",
        discussion: """
            The list, the reviews, the raw pages that name the person, their URLs in the frontier, samples of drift watching, \
            records of imported lists whose file is called after the person, and the rows of the index go; the change log tells consumers to delete what they have. A tombstone, of which nobody can \
            read the name, makes crawls and imports leave the person out from then on. Where names are stored hashed, \
            ANIMEMATCHER_USER_KEY must be what it was. Safe to repeat.

              animematcher forget Kaito --dry-run
              animematcher forget Kaito --site demo
              animematcher forget Kaito --lift
              animematcher forget --inactive

            With --inactive go the lists whose newest date is older than `people.inactive_after` in the configuration, without \
            a tombstone; crawls take such lists in no more.
            """)

    @Argument(help: "The name as the site writes it; letter case does not count.")
    var user: String?

    @Flag(help: "Remove the lists of people who have been inactive for longer than the configuration keeps them.")
    var inactive = false

    @Option(help: "The site; all there are spiders for by default.")
    var site: String?

    @Flag(help: "Only say what would be removed.")
    var dryRun = false

    @Flag(help: "Take the tombstone away: the person may be stored again.")
    var lift = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var logging: LoggingOptions

    func validate() throws {
        let isNamed = user.map { !$0.trimmingCharacters(in: .whitespaces).isEmpty } ?? false
        if isNamed == inactive || lift && inactive {
            throw ValidationError("expected a user's name, or --inactive")
        }
        if lift, dryRun { throw ValidationError("give either --lift or --dry-run") }
    }

    func run() async throws {
        guard let user = user?.trimmingCharacters(in: .whitespaces) else { return try await removeInactive() }
        let loader = try ProjectFolder.spiders()
        let spiders = try ProjectFolder.sites(site).map { try loader.load(site: $0) }
        try await database.withDatabase { database, configuration in
            let spiders = try await known(spiders, database, configuration)
            if lift { return try await lift(user, spiders, database, configuration) }
            var reports: [ForgetReport] = []
            for spider in spiders {
                let forms = try forms(of: user, on: spider, configuration)
                let forgetting = Forgetting(database: database, site: spider.site, name: user, storedAs: forms) {
                    try? $0.decodedBody()
                }
                reports.append(
                    try await forgetting.run(isDryRun: dryRun, personalPages: spider.personalPages))
            }
            let version = dryRun ? nil : try await forgetInIndex(database)
            show(reports, version)
        }
    }

    /// The spiders of sites where the name can be found: without the key nobody is found under a hash, which matters where anything is stored.
    private func known(
        _ spiders: [Spider], _ database: AnimeDatabase, _ configuration: Configuration
    ) async throws -> [Spider] {
        var (known, passedOver) = ([Spider](), [String]())
        for spider in spiders {
            do throws(UserNaming.MissingKeyError) {
                _ = try CrawlProfile.naming(
                    of: spider, configuration: configuration, userKey: UserNaming.environmentKey)
                known.append(spider)
            } catch {
                let isNeeded = try await Forgetting.isNeeded(spider.site, in: database)
                if isNeeded || site != nil { throw Failure("\(spider.site): \(error)") }
                passedOver.append(spider.site)
            }
        }
        if !passedOver.isEmpty {
            let sites = passedOver.joined(separator: ", ")
            Console.note(
                "\(sites): nothing is stored; names are hashed there, so that a tombstone needs ANIMEMATCHER_USER_KEY")
        }
        if known.isEmpty, !lift, !dryRun { throw Failure("there is no site where the name could be kept out") }
        return known
    }

    /// How the name may be stored: as it is, and hashed where there is a key.
    private func forms(of user: String, on spider: Spider, _ configuration: Configuration) throws -> [String] {
        let key = UserNaming.environmentKey
        let naming = try CrawlProfile.naming(of: spider, configuration: configuration, userKey: key)
        // A site may write it in either form of Unicode, which look the same and hash differently.
        let spellings = [
            user, user.precomposedStringWithCanonicalMapping, user.decomposedStringWithCanonicalMapping,
        ]
        let hashed = key == nil ? [] : try spellings.map(UserNaming(.hmac, key: key).stored)
        return spellings + spellings.map(naming.stored) + hashed
    }

    /// Brings what is made of lists and reviews up to date; nil where there is no index.
    private func forgetInIndex(_ database: AnimeDatabase) async throws -> Int? {
        try await CatalogueFollower(database: database).catchUp()
        guard try await database.index.newest() != nil else { return nil }
        let version = try await Indexer(database: database).update().version
        try await database.index.dropOlderVersions()
        return version.number
    }

    private func lift(
        _ user: String, _ spiders: [Spider], _ database: AnimeDatabase, _ configuration: Configuration
    ) async throws {
        var lifted = 0
        for spider in spiders {
            let people = Set(try forms(of: user, on: spider, configuration).map { Person(site: spider.site, name: $0) })
            lifted += try await database.forgotten.lift(people)
        }
        if json { return Console.print(.object(["lifted": .int(Int64(lifted))])) }
        Console.print(
            lifted > 0
                ? "'\(Console.visible(user))' may be stored again, when a crawl finds the name or an import has it"
                : "nobody called '\(Console.visible(user))' was forgotten")
    }

    private func removeInactive() async throws {
        let keysOfSites = try ProjectFolder.sites(site).map { "\($0):" }
        try await database.withDatabase { database, configuration in
            guard let age = configuration.inactiveAfter else {
                throw Failure(
                    "the configuration does not say how long lists are kept; add people: {inactive_after: 1095d}")
            }
            let rule = Inactivity(age: age, now: Date())
            let found = try await database.users.inactive(rule).filter { key in
                keysOfSites.contains { key.hasPrefix($0) }
            }
            let cause = ChangeCause(.forget, id: "inactive since \(rule.cutoff)")
            let count = dryRun ? found.count : try await database.users.delete(found, cause: cause)
            let version = dryRun || count == 0 ? nil : try await forgetInIndex(database)
            if json {
                return Console.print(
                    .object([
                        "dry_run": .bool(dryRun), "lists": .int(Int64(count)), "before": .string(rule.cutoff),
                        "index_version": version.map { .int(Int64($0)) } ?? .null,
                    ]))
            }
            let verb = dryRun ? "would remove" : "removed"
            Console.print("\(verb) \(count) lists whose newest date is before \(rule.cutoff)")
        }
    }

    private func show(_ reports: [ForgetReport], _ version: Int?) {
        if json {
            return Console.print(
                .object([
                    "dry_run": .bool(dryRun), "index_version": version.map { .int(Int64($0)) } ?? .null,
                    "sites": .array(reports.map(\.json)),
                ]))
        }
        let verb = dryRun ? "would remove" : "removed"
        for report in reports where !report.isEmpty || reports.count == 1 {
            Console.print("\(report.site): \(verb) \(report.summary)")
        }
        if reports.count != 1, reports.allSatisfy(\.isEmpty) { Console.print("nothing of the name was stored") }
        if dryRun { return }
        if let version { Console.print("the index is of version \(version); older versions are gone") }
        Console.print("a tombstone keeps the name out; to take it back: animematcher forget NAME --lift")
    }
}

extension ForgetReport {
    fileprivate var summary: String {
        "\(lists) lists, \(reviews) reviews, \(pages) raw pages, \(urls) URLs, \(samples) samples, \(imports) records of imports, "
            + "the name in \(changes) rows of the change log"
    }

    fileprivate var json: JSONValue {
        .object([
            "site": .string(site), "lists": .int(Int64(lists)), "reviews": .int(Int64(reviews)),
            "pages": .int(Int64(pages)), "urls": .int(Int64(urls)), "samples": .int(Int64(samples)),
            "imports": .int(Int64(imports)), "changes": .int(Int64(changes)),
        ])
    }
}

import ArgumentParser
import CrawlDomain
import CrawlEngine
import Indexing
import WebStandards

/// `animematcher import reviews`.
struct ImportReviewsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reviews",
        abstract: "Import reviews from JSON lines of our own export, or CSV: uid, profile, anime_uid, text, score.",
        discussion: """
            Names of reviewers are stored as crawls of the site store them (ANIMEMATCHER_USER_KEY); those of our own \
            export are stored already.

              animematcher import reviews reviews.jsonl
              animematcher import reviews reviews.csv.gz
            """)

    @OptionGroup var options: ImportOptions

    func run() async throws {
        let session = try ImportSession(options, kind: "reviews")
        let reviews = ReviewImport(site: options.site, pipeline: session.pipeline)
        try await session.run { sink, database, configuration in
            var naming: UserNaming?
            try await session.records(of: .review, into: sink) { record in
                if naming == nil, ReviewImport.namesPeople(record) {
                    naming = try ImportNaming.naming(site: options.site, configuration: configuration)
                }
                return [try reviews.review(record, naming: naming)]
            }
            try await sink.settle()
            if let database { try await CatalogueFollower(database: database).catchUp() }
            return [:]
        }
    }
}

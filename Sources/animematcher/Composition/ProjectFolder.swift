import CrawlEngine
import Foundation
import Storage

/// Where `Spiders/` and `schemas/` are.
enum ProjectFolder {
    /// The folder that has both.
    static func locate() throws -> URL {
        do throws(ProjectHome.NotFound) { return try ProjectHome.locate() } catch { throw Failure(error.description) }
    }

    /// The schemas of all collections.
    static func schemas() throws -> SchemaSet {
        try SchemaSet(folder: try locate().appendingPathComponent("schemas"))
    }

    /// The schemas of items.
    static func itemSchemas() throws -> ItemSchemas {
        try ItemSchemas(directory: try locate().appendingPathComponent("schemas").path)
    }

    /// Refuses a site that there is no spider for. One with mistakes passes: its crawls must be steered all the same.
    static func check(site: String) throws {
        let spiders = try spiders()
        if !spiders.sites.contains(site) { _ = try spiders.load(site: site) }
    }

    /// Refuses a site that neither a spider nor the database knows; one may have been imported, or have lost its spider.
    static func check(site: String, in database: AnimeDatabase) async throws {
        let spiders = try spiders()
        guard !spiders.sites.contains(site) else { return }
        if try await !database.knows(site: site) { _ = try spiders.load(site: site) }
    }

    /// The site a command was given, or all there are.
    static func sites(_ site: String?) throws -> [String] {
        guard let site else { return try spiders().sites }
        try check(site: site)
        return [site]
    }

    /// What reads the spiders.
    static func spiders() throws -> SpiderLoader {
        SpiderLoader(
            directory: try locate().appendingPathComponent("Spiders").path, schemas: try itemSchemas())
    }
}

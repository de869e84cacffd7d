import CrawlEngine
import Foundation

/// Where `Spiders/` and `schemas/` are.
enum ProjectFolder {
    /// The folder that has both.
    static func locate() throws -> URL {
        do throws(ProjectHome.NotFound) { return try ProjectHome.locate() } catch { throw Failure(error.description) }
    }

    /// The schemas of items.
    static func itemSchemas() throws -> ItemSchemas {
        try ItemSchemas(directory: try locate().appendingPathComponent("schemas").path)
    }

    /// What reads the spiders.
    static func spiders() throws -> SpiderLoader {
        SpiderLoader(
            directory: try locate().appendingPathComponent("Spiders").path, schemas: try itemSchemas())
    }
}

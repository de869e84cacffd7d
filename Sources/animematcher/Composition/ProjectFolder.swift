import CrawlEngine
import Foundation

/// Where `Spiders/` and `schemas/` are.
enum ProjectFolder {
    /// `ANIMEMATCHER_HOME`, else the working folder, else the nearest folder above the program that has both.
    static func locate() throws -> URL {
        if let named = ProcessInfo.processInfo.environment["ANIMEMATCHER_HOME"] {
            let folder = URL(fileURLWithPath: named)
            guard isHome(folder) else {
                throw Failure("ANIMEMATCHER_HOME=\(named): has no Spiders/ and schemas/")
            }
            return folder
        }
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let working = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        if isHome(working) { return working }
        while folder.path != "/" {
            if isHome(folder) { return folder }
            folder.deleteLastPathComponent()
        }
        throw Failure("Spiders/ and schemas/ were not found; set ANIMEMATCHER_HOME to the folder that has both")
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

    private static func isHome(_ folder: URL) -> Bool {
        ["Spiders", "schemas"].allSatisfy {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
    }
}

import CrawlDomain
import Foundation
import WebStandards

@testable import CrawlEngine

/// Spiders, schemas and pages of the checkout.
enum SpiderFixtures {
    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/",
            !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Spiders/myanimelist.yaml").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    static func schemas() throws -> ItemSchemas {
        try ItemSchemas(directory: root.appendingPathComponent("schemas").path)
    }

    static func loader() throws -> SpiderLoader {
        SpiderLoader(directory: root.appendingPathComponent("Spiders").path, schemas: try schemas())
    }

    static func extractor(
        _ site: String, spiders: String? = nil, converters: ConverterRegistry = .standard
    ) throws -> SpiderExtractor {
        let schemas = try schemas()
        let directory = spiders ?? root.appendingPathComponent("Spiders").path
        let spider = try SpiderLoader(directory: directory, schemas: schemas, converters: converters).load(site: site)
        return SpiderExtractor(spider: spider, pipeline: ItemPipeline(schemas: schemas))
    }

    /// A spider written in a test.
    static func extractor(yaml: String, converters: ConverterRegistry = .standard) throws -> SpiderExtractor {
        try withDirectory(["test": yaml]) { try extractor("test", spiders: $0, converters: converters) }
    }

    /// What is wrong with a spider written in a test: "12:5: message".
    static func mistakes(
        _ files: [String: String], site: String = "test", isCheck: Bool = false
    ) throws -> [String] {
        try withDirectory(files) { directory in
            do {
                _ = try SpiderLoader(directory: directory, schemas: try schemas()).load(site: site, isCheck: isCheck)
                return []
            } catch let error as SpiderError {
                return error.mistakes.map { $0.description.replacingOccurrences(of: directory + "/", with: "") }
            }
        }
    }

    private static func withDirectory<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws
        -> Result
    {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("spiders-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            try Data(text.utf8).write(to: directory.appendingPathComponent("\(name).yaml"))
        }
        return try body(directory.path)
    }

    /// A page beside the spiders (`myanimelist/list.html`), or what tests alone know of pages (`expectation-fields.txt`).
    static func bytes(_ path: String) throws -> [UInt8] {
        let folder = path.contains("/") ? "Spiders/fixtures" : "Tests/Fixtures/spiders"
        return [UInt8](try Data(contentsOf: root.appendingPathComponent("\(folder)/\(path)")))
    }
}

extension SpiderExtractor {
    func extract(_ url: String, status: Int = 200, contentType: String? = "text/html; charset=utf-8", _ body: String)
        -> Extraction
    {
        guard let url = WebURL(url) else { return Extraction() }
        return extract(url: url, status: status, contentType: contentType, body: Array(body.utf8))
    }
}

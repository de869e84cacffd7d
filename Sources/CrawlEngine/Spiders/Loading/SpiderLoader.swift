import Foundation
import WebStandards

/// Reads spiders from their folder, one YAML file per site.
public struct SpiderLoader: Sendable {
    /// The folder, as it is shown in messages.
    public let directory: String
    private let schemas: ItemSchemas
    private let converters: ConverterRegistry

    /// Makes a loader.
    ///
    /// - Parameters:
    ///   - schemas: Item fields are checked against them, and take their shape from them.
    ///   - converters: What may stand after `then:`.
    public init(directory: String, schemas: ItemSchemas, converters: ConverterRegistry = .standard) {
        self.directory = directory
        self.schemas = schemas
        self.converters = converters
    }

    /// The sites there are files for, in order.
    public var sites: [String] { Self.sites(in: directory) }

    static func sites(in directory: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// Reads the spider of a site.
    ///
    /// - Parameter isCheck: Whether what keeps nobody from reading pages is a mistake too: a public site without its terms.
    /// - Throws: `.notFound`; `.invalid` with every mistake in the file and in those it extends.
    public func load(site: String, isCheck: Bool = false) throws(SpiderError) -> Spider {
        let sources = try SpiderSources(file: site, directory: directory)
        let reader = SpiderReader(sources: sources, schemas: schemas, converters: converters, isCheck: isCheck)
        let spider = reader.read()
        let mistakes = sources.files.flatMap(\.mistakes)
        guard let spider, mistakes.isEmpty else { throw SpiderError(.invalid, mistakes) }
        return spider
    }

    /// Reads all spiders.
    ///
    /// - Throws: `.invalid` with every mistake in all files.
    public func loadAll() throws(SpiderError) -> [Spider] {
        var (spiders, mistakes): ([Spider], [YAMLMistake]) = ([], [])
        for site in sites {
            do throws(SpiderError) {
                spiders.append(try load(site: site))
            } catch {
                mistakes += error.mistakes
            }
        }
        if !mistakes.isEmpty { throw SpiderError(.invalid, mistakes) }
        return spiders
    }
}

import Foundation
import TestSupport

/// A folder of the project's spiders and schemas with one spider more, and a configuration, for one run of the program.
struct ProgramHome: Sendable {
    private let folder: URL

    /// - Parameters:
    ///   - spider: The file of the spider named `site`.
    ///   - configuration: The text of `animematcher.yaml`.
    ///   - project: Whose spiders and schemas.
    init(spider: String, site: String, configuration: String = "", from project: URL = Program.project) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["Spiders", "schemas"] {
            try FileManager.default.copyItem(
                at: project.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        try Data(spider.utf8).write(to: self.spider(site))
        if !configuration.isEmpty { try Data(configuration.utf8).write(to: self.configuration) }
    }

    /// The configuration file, whether there is one or not.
    var configuration: URL { folder.appendingPathComponent("animematcher.yaml") }

    /// The file of a collection's schema.
    func schema(_ collection: String) -> URL { folder.appendingPathComponent("schemas/\(collection).json") }

    /// The file of a spider.
    func spider(_ site: String) -> URL { folder.appendingPathComponent("Spiders/\(site).yaml") }

    /// Writes another configuration.
    func write(configuration: String) throws {
        try Data(configuration.utf8).write(to: self.configuration, options: .atomic)
    }

    /// What makes the program use it.
    var environment: [String: String] {
        var environment = ["ANIMEMATCHER_HOME": folder.path]
        if FileManager.default.fileExists(atPath: configuration.path) {
            environment["ANIMEMATCHER_CONFIG"] = configuration.path
        }
        return environment
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

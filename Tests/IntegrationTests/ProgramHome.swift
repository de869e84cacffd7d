import Foundation
import TestSupport

/// A folder of the project's spiders and schemas with one spider more, and a configuration, for one run of the program.
struct ProgramHome {
    private let folder: URL

    /// - Parameters:
    ///   - spider: The file of the spider named `site`.
    ///   - configuration: The text of `animematcher.yaml`.
    init(spider: String, site: String, configuration: String = "") throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["Spiders", "schemas"] {
            try FileManager.default.copyItem(
                at: Program.project.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        try Data(spider.utf8).write(to: folder.appendingPathComponent("Spiders/\(site).yaml"))
        if !configuration.isEmpty { try Data(configuration.utf8).write(to: file) }
    }

    private var file: URL { folder.appendingPathComponent("animematcher.yaml") }

    /// Writes another configuration.
    func write(configuration: String) throws { try Data(configuration.utf8).write(to: file, options: .atomic) }

    /// What makes the program use it.
    var environment: [String: String] {
        var environment = ["ANIMEMATCHER_HOME": folder.path]
        if FileManager.default.fileExists(atPath: file.path) { environment["ANIMEMATCHER_CONFIG"] = file.path }
        return environment
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

import CrawlEngine
import Foundation
import Logging
import Service

/// The configuration as `animematcher` reads it, read again when its file changes.
enum LiveConfiguration {
    /// Larger files are no configurations.
    private static let mostBytes = 1 << 20

    /// Reads it; without a file all defaults.
    static func open(log: Logger) throws -> LiveValue<Configuration> {
        let file = ProjectHome.configurationFile
        return try LiveValue(fingerprint: { fingerprint(of: file) }, log: log) {
            guard let file else { return Configuration() }
            guard let bytes = FileManager.default.contents(atPath: file), bytes.count <= mostBytes else {
                throw Unreadable(description: "\(file): cannot be read; expected a configuration file of 1 MiB at most")
            }
            return try Configuration(name: file, bytes: Array(bytes))
        }
    }

    private static func fingerprint(of file: String?) -> String {
        guard let file else { return "" }
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(time) \(attributes?[.size] as? Int ?? -1) \(attributes?[.systemFileNumber] as? Int ?? -1)"
    }

    private struct Unreadable: Error, CustomStringConvertible { let description: String }
}

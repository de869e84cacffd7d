public import Testing
public import Foundation

/// The recorded pages, test suites and data sets that live beside a checkout and are never committed.
///
/// They are looked for in `ANIMEMATCHER_SHARED`, else in a folder `shared` beside any parent of this file. A suite that needs them is
/// skipped with a message when they are missing, unless `CI` is set: then it runs and fails.
public enum RecordedMaterial {
    /// The folder, or nil when this machine has none.
    public static let directory: URL? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["ANIMEMATCHER_SHARED"], !named.isEmpty { return URL(fileURLWithPath: named) }
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent("shared")
            if FileManager.default.fileExists(atPath: candidate.appendingPathComponent("pages/index.jsonl").path) {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }()

    /// Whether suites that need the material should run: it is there, or this is CI, where a silent skip would lie.
    public static var isPresent: Bool { directory != nil || ProcessInfo.processInfo.environment["CI"] != nil }

    /// Said when a suite is skipped.
    public static let hint: Testing.Comment = "recorded material is missing: set ANIMEMATCHER_SHARED to its folder"

    /// A file of the material.
    public static func url(_ path: String) -> URL? {
        guard let file = directory?.appendingPathComponent(path) else { return nil }
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    /// The bytes of a file of the material; throws when it is missing.
    public static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = url(path) else { throw CocoaError(.fileReadNoSuchFile) }
        return [UInt8](try Data(contentsOf: file))
    }

    /// The lines of a text file of the material, without the empty ones.
    public static func lines(_ path: String) throws -> [String] {
        // Not every character Swift calls a newline: U+0085 may stand inside a line.
        try bytes(path).split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}

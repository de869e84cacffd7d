public import Foundation

/// The folder with `Spiders/` and `schemas/`.
public enum ProjectHome {
    /// The folder was not found; says what to set.
    public struct NotFound: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// `ANIMEMATCHER_HOME`, else the working folder, else the nearest folder above the program that has both.
    public static func locate() throws(NotFound) -> URL {
        if let named = ProcessInfo.processInfo.environment["ANIMEMATCHER_HOME"] {
            let folder = URL(fileURLWithPath: named)
            guard isHome(folder) else {
                throw NotFound(description: "ANIMEMATCHER_HOME=\(named): has no Spiders/ and schemas/")
            }
            return folder
        }
        let working = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        if isHome(working) { return working }
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/" {
            if isHome(folder) { return folder }
            folder.deleteLastPathComponent()
        }
        throw NotFound(
            description: "Spiders/ and schemas/ were not found; set ANIMEMATCHER_HOME to the folder that has both")
    }

    /// The configuration file that is read when none is named: `ANIMEMATCHER_CONFIG`, else `animematcher.yaml` where there is one.
    public static var configurationFile: String? {
        if let named = ProcessInfo.processInfo.environment["ANIMEMATCHER_CONFIG"] { return named }
        return FileManager.default.fileExists(atPath: "animematcher.yaml") ? "animematcher.yaml" : nil
    }

    private static func isHome(_ folder: URL) -> Bool {
        ["Spiders", "schemas"].allSatisfy {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
    }
}

import Foundation
import Terminal

/// The configuration's file, and who named it.
struct ConfigurationFile {
    /// Its path; "-" is standard input.
    let path: String
    /// The option or variable that named it.
    let namedBy: String

    /// Refuses a file that is not there, or cannot be read.
    func check() throws {
        guard path != "-" else { return }
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let name = Console.visible(path)
        guard isThere else {
            throw Failure("\(name): there is no such file; expected the configuration file that \(namedBy) names")
        }
        guard !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path) else {
            throw Failure("\(name): cannot be read; expected the configuration file that \(namedBy) names")
        }
    }
}

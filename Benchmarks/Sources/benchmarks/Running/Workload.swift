import Foundation
import WebStandards

/// What is worked on, as `prepare.py` laid it out: the same files for us and for all peers.
struct Workload {
    let folder: URL

    /// A file's bytes.
    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// A text file's lines.
    func lines(_ name: String) throws -> [String] {
        String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The lines of a file of JSON lines.
    func values(_ name: String) throws -> [JSONValue] { try lines(name).map { try JSONValue(parsing: $0) } }

    /// The pages that a list names.
    func pages(_ list: String) throws -> [[UInt8]] {
        try lines(list).map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) }
    }

    /// The project's own folder.
    static var project: URL {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        return folder
    }
}

import ArgumentParser
import Exports

/// The form of an exported file.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl, csv, bson, npz, mtx, warc

    /// The form that a file's ending says, whether it is compressed or not.
    init?(file: String) {
        let name = FileCompression.split(file).name
        guard let ending = name.split(separator: "/").last?.split(separator: ".").dropFirst().last else { return nil }
        self.init(rawValue: ending.lowercased())
    }

    /// Whether an export since a change can be told in it.
    var tellsChanges: Bool { self == .jsonl || self == .csv }
}

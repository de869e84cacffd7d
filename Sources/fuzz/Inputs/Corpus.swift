import Foundation
import WebStandards

/// The valid inputs of a target: its own, those of our fixtures, and those of other folders.
///
/// Files are read in the order of their paths, so that a corpus is the same wherever it lies.
struct Corpus {
    /// No larger file is read.
    private static let maximumFileBytes = 1 << 20
    /// No more bytes are kept.
    private static let maximumBytes = 64 << 20

    private(set) var inputs: [[UInt8]]
    private let target: any FuzzTarget
    private var bytes = 0

    init(of target: any FuzzTarget, folders: [String]) {
        self.target = target
        inputs = target.seeds.map { Array($0.utf8) }
        for folder in [Self.fixtures] + folders.map({ URL(fileURLWithPath: $0) }) { add(folder) }
    }

    private static var fixtures: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Tests/Fixtures")
    }

    private mutating func add(_ folder: URL) {
        guard let names = FileManager.default.enumerator(atPath: folder.path) else { return }
        let paths = names.compactMap { $0 as? String }.sorted()
        for path in paths {
            let file = folder.appendingPathComponent(path)
            if target.fileNames.contains(where: path.hasSuffix) { add(file) { [$0] } }
            if !target.members.isEmpty, path.hasSuffix(".jsonl") { add(file, texts) }
        }
    }

    private mutating func add(_ file: URL, _ read: ([UInt8]) -> [[UInt8]]) {
        guard let handle = try? FileHandle(forReadingFrom: file),
            let data = try? handle.read(upToCount: Self.maximumFileBytes)
        else { return }
        for input in read([UInt8](data)) where !input.isEmpty {
            guard bytes + input.count <= Self.maximumBytes else { return }
            bytes += input.count
            inputs.append(input)
        }
    }

    /// The texts of the target's members in lines of JSON.
    private func texts(_ lines: [UInt8]) -> [[UInt8]] {
        var found: Set<String> = []
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            guard let value = try? JSONValue(parsing: Array(line)) else { continue }
            collect(value, into: &found)
        }
        return found.sorted().map { Array($0.utf8) }
    }

    private func collect(_ value: JSONValue, into found: inout Set<String>) {
        switch value {
        case .array(let values): values.forEach { collect($0, into: &found) }
        case .object(let object):
            for (key, value) in object {
                if target.members.contains(key), let text = value.stringValue { found.insert(text) }
                collect(value, into: &found)
            }
        default: break
        }
    }
}

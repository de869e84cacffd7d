import CrawlEngine
import Foundation
import Terminal
import WebStandards

/// Where rows that are left out are written: the reason, the line, the row as it was. Made with the first one.
final class RejectFile {
    private static let bufferBytes = 64 << 10

    /// The file's path; nil when none is written.
    let path: String?
    private let isCSV: Bool
    private let isOptional: Bool
    private var handle: FileHandle?
    private var buffer: [UInt8] = []
    private var hasFailed = false

    /// - Parameters:
    ///   - isCSV: Whether to write CSV, not JSON lines.
    ///   - isOptional: Whether an import goes on where the file cannot be made, as beside a file that others own.
    init(_ path: String?, isCSV: Bool, isOptional: Bool = false) {
        self.isOptional = isOptional
        self.path = path
        self.isCSV = isCSV
    }

    /// Whether there was something to write.
    var exists: Bool { handle != nil }

    func add(_ reject: ImportReject) throws {
        guard let path, !hasFailed else { return }
        if handle == nil {
            guard FileManager.default.createFile(atPath: path, contents: nil),
                let opened = FileHandle(forWritingAtPath: path)
            else {
                let reason = "\(path): cannot be written; say with --rejects where rows that are left out go"
                guard isOptional else { throw Failure(reason) }
                if !hasFailed { Console.note(reason) }
                hasFailed = true
                return
            }
            handle = opened
            if isCSV { buffer += Array("reason,line,row\n".utf8) }
        }
        let raw = String(decoding: reject.raw, as: UTF8.self)
        if isCSV {
            buffer += Array("\(Self.quoted(reject.reason)),\(reject.line),\(Self.quoted(raw))\n".utf8)
        } else {
            let value: JSONValue = [
                "reason": .string(reject.reason), "line": .int(Int64(reject.line)), "row": .string(raw),
            ]
            value.appendSerialized(to: &buffer)
            buffer.append(UInt8(ascii: "\n"))
        }
        if buffer.count > Self.bufferBytes { try flush() }
    }

    func flush() throws {
        guard let handle, !buffer.isEmpty else { return }
        do { try handle.write(contentsOf: Data(buffer)) } catch {
            throw Failure("\(path ?? ""): cannot be written: \(error.localizedDescription)")
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}

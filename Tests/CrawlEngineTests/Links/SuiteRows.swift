import Fetching
import Foundation
import TestSupport
import WebStandards

/// Rows of another project's suite.
enum SuiteRows {
    static func read(_ path: String) throws -> [JSONValue] {
        try RecordedMaterial.bytes("suites/\(path)").split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    }

    /// Rows of a suite that is kept compressed.
    static func readCompressed(_ path: String) throws -> [JSONValue] {
        let bytes = try ContentCoding.gzip.decode(try RecordedMaterial.bytes("suites/\(path)"), limit: 1 << 28)
        return try bytes.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    }

    /// The ids of the rows that do not pass.
    static func failing(_ rows: [JSONValue], passes: (JSONValue) throws -> Bool) rethrows -> [String] {
        try rows.filter { try !passes($0) }.map { $0["id"]?.stringValue ?? "?" }
    }
}

extension JSONValue {
    /// The bytes of a text or of `{"b64": …}`.
    var bytes: [UInt8] {
        if let text = stringValue { return Array(text.utf8) }
        return self["b64"]?.stringValue.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
    }
}

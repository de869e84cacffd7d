import Foundation
import TestSupport
import WebStandards

/// Rows of another project's suite.
enum SuiteRows {
    static func read(_ path: String) throws -> [JSONValue] {
        try RecordedMaterial.bytes("suites/\(path)").split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    }

    /// The ids of the rows that do not pass.
    static func failing(_ rows: [JSONValue], passes: (JSONValue) throws -> Bool) rethrows -> [String] {
        try rows.filter { try !passes($0) }.map { $0["id"]?.stringValue ?? "?" }
    }
}

extension JSONValue {
    /// The bytes of a field: text, `{"b64": …}`, or the field whose name ends in `_b64`.
    func bytes(_ key: String) -> [UInt8] {
        if let text = self[key]?.stringValue { return Array(text.utf8) }
        let encoded = self[key]?["b64"]?.stringValue ?? self[key + "_b64"]?.stringValue
        return encoded.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
    }
}

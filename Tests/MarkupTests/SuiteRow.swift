import Foundation
import TestSupport

/// One row of a suite in JSON lines.
struct SuiteRow {
    let fields: [String: Any]

    static func all(_ path: String) throws -> [SuiteRow] {
        try RecordedMaterial.lines(path).map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return SuiteRow(fields: object as? [String: Any] ?? [:])
        }
    }

    var id: String { string("id") ?? "" }

    func string(_ key: String) -> String? { fields[key] as? String }
    func integer(_ key: String) -> Int? { fields[key] as? Int }
    func list(_ key: String) -> [Any]? { fields[key] as? [Any] }

    /// Bytes given as text, as `{"b64": …}`, or under `key_b64`.
    func bytes(_ key: String) -> [UInt8]? {
        if let encoded = string(key + "_b64") { return Data(base64Encoded: encoded).map { [UInt8]($0) } }
        return Self.bytes(of: fields[key])
    }

    static func bytes(of value: Any?) -> [UInt8]? {
        if let text = value as? String { return [UInt8](text.utf8) }
        let encoded = (value as? [String: Any])?["b64"] as? String
        return encoded.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) }
    }
}

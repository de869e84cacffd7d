import Foundation
import WebStandards

/// The arguments of one operation.
struct Input {
    let value: JSONValue

    /// The argument `key`; nil when it is missing or null.
    subscript(key: String) -> JSONValue? {
        value[key].flatMap { $0.isNull ? nil : $0 }
    }

    func string(_ key: String) -> String? { self[key]?.stringValue }

    func bool(_ key: String) -> Bool? { self[key]?.boolValue }

    func int(_ key: String) -> Int64? { self[key]?.intValue }

    /// The bytes of `key`: a text, `{"b64": …}` or the argument `key_b64`.
    func bytes(_ key: String) -> [UInt8]? {
        if let text = string(key) { return Array(text.utf8) }
        let encoded = self[key]?["b64"]?.stringValue ?? string(key + "_b64")
        return encoded.flatMap { Data(base64Encoded: $0) }.map(Array.init)
    }
}

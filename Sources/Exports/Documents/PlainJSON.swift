import Foundation
public import MongoDriver
import Storage
public import WebStandards

/// Stored documents as plain JSON, as `import` reads it again.
public enum PlainJSON {
    /// The JSON form of a document: dates as ISO 8601 with milliseconds in UTC, bytes in base 64.
    public static func object(_ document: BSONDocument) -> JSONObject {
        JSONObject(uniqueMembers: document.map { ($0.key, value($0.value)) })
    }

    /// Adds a document as one line.
    public static func appendLine(_ document: BSONDocument, to bytes: inout [UInt8]) {
        JSONValue.object(object(document)).appendSerialized(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Adds the line that says that a document is gone.
    public static func appendDeletion(of key: String, to bytes: inout [UInt8]) {
        JSONValue.object(["_id": .string(key), "deleted": true]).appendSerialized(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    static func value(_ value: BSONValue) -> JSONValue {
        switch value {
        case .document(let document): .object(object(document))
        case .array(let elements): .array(elements.map(Self.value))
        case .date(let date): .string(text(date))
        case .binary(let binary): .string(Data(binary.bytes).base64EncodedString())
        case .objectID(let identifier): .string(identifier.hex)
        default: value.jsonValue ?? .string("\(value)")
        }
    }

    /// `2026-03-09T10:30:15.250Z`.
    static func text(_ date: Date) -> String {
        let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
        let part = ((milliseconds % 1000) + 1000) % 1000
        let digits = String(part + 1000).dropFirst()
        return "\(W3CDateTime.format((milliseconds - part) / 1000).dropLast()).\(digits)Z"
    }
}

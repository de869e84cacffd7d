public import CrawlDomain
import Foundation
public import WebStandards

extension Change {
    /// For people: number, time, what, why.
    public var line: String {
        let names = fields.prefix(8).map(\.name).joined(separator: ", ") + (fields.count > 8 ? ", …" : "")
        return "\(number)  \(at.formatted(.iso8601))  \(operation.rawValue) \(subject.rawValue) \(key)"
            + (names.isEmpty || operation != .update ? "" : " [\(names)]") + "  \(cause.kind.rawValue) \(cause.id)"
    }

    /// As it is stored.
    public var value: JSONValue {
        .object([
            "number": .int(Int64(number)), "subject": .string(subject.rawValue), "key": .string(key),
            "operation": .string(operation.rawValue),
            "fields": .array(
                fields.map { field in
                    .object([
                        "name": .string(field.name), "old": field.old.map { .string($0.hex) } ?? .null,
                        "new": field.new.map { .string($0.hex) } ?? .null,
                    ])
                }), "cause": .object(["kind": .string(cause.kind.rawValue), "id": .string(cause.id)]),
            "at": .string(at.formatted(.iso8601)),
        ])
    }
}

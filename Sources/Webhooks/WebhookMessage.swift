import CrawlDomain
import Foundation
import WebStandards

/// One message: some changes, in order.
struct WebhookMessage: Sendable {
    /// The same whenever the same changes are sent again.
    let id: String
    let body: [UInt8]

    /// What stands in `data.changes`.
    struct Row: Sendable {
        let change: Change
        /// The document as it is now; nil when it is not sent, `.null` when there is none.
        let document: JSONValue?

        var value: JSONValue {
            var object: JSONObject = [
                "number": .int(Int64(change.number)), "subject": .string(change.subject.rawValue),
                "key": .string(change.key), "operation": .string(change.operation.rawValue),
                "fields": .array(
                    change.fields.map { field in
                        .object([
                            "name": .string(field.name), "old": field.old.map { .string($0.hex) } ?? .null,
                            "new": field.new.map { .string($0.hex) } ?? .null,
                        ])
                    }),
                "cause": .object(["kind": .string(change.cause.kind.rawValue), "id": .string(change.cause.id)]),
                "at": .string(change.at.formatted(.iso8601)),
            ]
            if let document { object["document"] = document }
            return .object(object)
        }
    }

    /// - Parameter isComplete: Whether no change between these and the last message was removed from the log.
    init(of webhook: String, _ rows: [Row], isComplete: Bool) {
        let (first, last) = (rows.first?.change, rows.last?.change)
        // The time tells apart the logs of two databases, which number alike.
        let time = String(Int64(last?.at.timeIntervalSince1970 ?? 0), radix: 36)
        id = "chg_\(webhook)_\(first?.number ?? 0)_\(last?.number ?? 0)_\(time)"
        body = JSONValue.object([
            "type": "changes", "timestamp": .string((last?.at ?? Date()).formatted(.iso8601)),
            "data": .object([
                "webhook": .string(webhook), "first": .int(Int64(first?.number ?? 0)),
                "last": .int(Int64(last?.number ?? 0)), "complete": .bool(isComplete),
                "changes": .array(rows.map(\.value)),
            ]),
        ]).serializedBytes()
    }

    /// A message that says nothing, to try a receiver.
    init(pinging webhook: String, now: Date) {
        id = "ping_\(webhook)_\(Int64(now.timeIntervalSince1970))"
        body = JSONValue.object([
            "type": "ping", "timestamp": .string(now.formatted(.iso8601)),
            "data": .object(["webhook": .string(webhook)]),
        ]).serializedBytes()
    }
}

import CrawlDomain
import Foundation
import MongoDriver
import WebStandards

/// A host as `hosts` holds it.
enum HostDocument {
    /// A host never asked, without its `_id`.
    static func new(_ host: String, scheme: String?) -> BSONDocument {
        ["host": .string(host), "scheme": scheme.map(BSONValue.string) ?? .null, "token": .int64(0), "failures": 0]
    }

    /// What a pipeline sets to remember a host, by the server's clock.
    static func fields(of memory: HostMemory) -> BSONDocument {
        let values: BSONDocument = [
            "failures": .int32(Int32(clamping: memory.failures)),
            "delay": memory.delaySeconds.map(BSONValue.double) ?? .null,
            "closed_reason": memory.closedReason.map(BSONValue.string) ?? .null,
            "recent_reads": .string(memory.recentReads), "in_use": .bool(memory.isInUse),
            "robots": memory.robots.map { .document(document(of: $0)) } ?? .null,
        ]
        var fields: BSONDocument = ["not_before": MongoFrontier.serverTime(in: memory.wait)]
        // What a host wrote is a value, whatever it begins with.
        for (name, value) in values { fields[name] = ["$literal": value] }
        return fields
    }

    /// Reads a host, with the milliseconds it must still be left alone in `wait`.
    static func memory(_ document: BSONDocument) -> HostMemory {
        HostMemory(
            wait: .milliseconds(max(0, document["wait"]?.intValue ?? 0)),
            failures: document["failures"]?.intValue ?? 0, delaySeconds: document["delay"]?.doubleValue,
            closedReason: document["closed_reason"]?.stringValue,
            recentReads: document["recent_reads"]?.stringValue ?? "", isInUse: document["in_use"]?.boolValue ?? false,
            robots: document["robots"]?.documentValue.flatMap(robots), scheme: document["scheme"]?.stringValue)
    }

    private static func document(of robots: HostMemory.Robots) -> BSONDocument {
        [
            "status": robots.status.map { .int32(Int32(clamping: $0)) } ?? .null,
            "body": .binary(BSONBinary(robots.body)), "fetched_at": .date(robots.fetchedAt),
            "etag": robots.validators.entityTag.map { .string($0.text) } ?? .null,
            "last_modified": robots.validators.lastModified.map(BSONValue.string) ?? .null,
            "lifetime": robots.statedLifetime.map(BSONValue.int64) ?? .null,
        ]
    }

    private static func robots(_ document: BSONDocument) -> HostMemory.Robots? {
        guard let fetchedAt = document["fetched_at"]?.dateValue, let body = document["body"]?.binaryValue else {
            return nil
        }
        let validators = Validators(
            entityTag: document["etag"]?.stringValue.flatMap { EntityTag($0) },
            lastModified: document["last_modified"]?.stringValue)
        return .init(
            status: document["status"]?.intValue, body: body.bytes, fetchedAt: fetchedAt, validators: validators,
            statedLifetime: document["lifetime"]?.intValue.map { Int64($0) })
    }
}

import CrawlDomain
import Foundation
import MongoDriver
import WebStandards

/// A host as `hosts` holds it.
enum HostDocument {
    /// A host never asked; its id is "site|host".
    static func new(_ id: String) -> BSONDocument {
        let parts = id.split(separator: "|", maxSplits: 1).map(String.init)
        return [
            "site": .string(parts.first ?? ""), "host": .string(parts.last ?? ""), "token": .int64(0), "failures": 0,
        ]
    }

    /// For an update by pipeline.
    static func fields(of memory: HostMemory) -> BSONDocument {
        [
            "not_before": memory.notBefore.map { ServerTime.after($0.timeIntervalSinceNow) } ?? .null,
            "failures": .int32(Int32(clamping: memory.failures)),
            "delay": memory.delaySeconds.map(BSONValue.double) ?? .null,
            "closed_reason": memory.closedReason.map { ServerTime.literal(.string($0)) } ?? .null,
            "recent_reads": .string(memory.recentReads), "in_use": .bool(memory.isInUse),
            "robots": memory.robots.map { ServerTime.literal(.document(document(of: $0))) } ?? .null,
        ]
    }

    /// Reads a document that was found at a time of the server's.
    static func memory(_ document: BSONDocument, now: Date) -> HostMemory {
        HostMemory(
            notBefore: ServerTime.local(document["not_before"], now: now),
            failures: document["failures"]?.intValue ?? 0,
            delaySeconds: document["delay"]?.doubleValue, closedReason: document["closed_reason"]?.stringValue,
            recentReads: document["recent_reads"]?.stringValue ?? "", isInUse: document["in_use"]?.boolValue ?? false,
            robots: document["robots"]?.documentValue.flatMap(robots))
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

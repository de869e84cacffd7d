public import CrawlDomain
import MongoDriver
public import WebStandards

/// What an operator wants asked before its time.
extension MongoFrontier {
    /// Asks for known URLs again, and for unknown ones, before all others.
    ///
    /// - Parameter whole: Ask for whole pages, not only for what has changed.
    ///
    /// - Throws: ``ForeignURL`` for the first that is another site's; the others are due all the same.
    public func recrawl(_ urls: [FrontierURL], whole: Bool) async throws {
        let foreign = try await makeDue(urls)
        let urls = urls.filter { url in !foreign.contains { $0.url == url } }
        let fields: BSONDocument = whole ? ["revalidation": .null] : [:]
        let models = urls.map { url in
            let raise: BSONDocument = ["priority": .int32(Int32(clamping: url.priority))]
            return WriteModel.updateOne(
                ["_id": .string(url.fingerprint.hex), "state": "due", "site": .string(url.site)],
                .operators(
                    fields.isEmpty ? ["$max": .document(raise)] : ["$max": .document(raise), "$set": .document(fields)])
            )
        }
        if !models.isEmpty { try await self.urls.bulkWrite(models, ordered: false).throwIfAnyRowFailed() }
        if let first = foreign.first { throw first }
    }

    /// Makes known URLs of one page kind due now, but for those in a worker's hands.
    ///
    /// - Returns: How many.
    public func recrawl(site: String, page: String, whole: Bool) async throws -> Int {
        try await makeDue(
            site: site, ["page": .string(page), "state": ["$in": ["done", "dead", "retry"]]], whole: whole)
    }

    /// Makes given-up URLs due now, and those that wait for another attempt.
    ///
    /// - Parameters:
    ///   - fingerprints: Only these; empty for all.
    ///   - reason: Only those whose reason begins so.
    /// - Returns: How many.
    public func retry(site: String, fingerprints: [URLFingerprint] = [], reason: String? = nil) async throws -> Int {
        var filter: BSONDocument = ["state": ["$in": ["dead", "retry"]]]
        if !fingerprints.isEmpty { filter["_id"] = ["$in": .array(fingerprints.map { .string($0.hex) })] }
        if let reason {
            // The strings that begin with it lie between it and what follows all of them.
            filter["reason"] = ["$gte": .string(reason), "$lt": .string(reason + "\u{10FFFF}")]
        }
        return try await makeDue(site: site, filter, whole: false)
    }

    /// Makes all URLs of a site due that match; returns how many were not.
    func makeDue(site: String, _ filter: BSONDocument, whole: Bool) async throws -> Int {
        let due: BSONDocument = [
            "state": "due", "due": .null, "attempts": 0, "crashes": 0, "suspect": 0, "reason": .null,
        ]
        // Before and after: neither a death in between nor a worker that looks meanwhile leaves them unnoticed.
        try await queues.wakeAll(site: site)
        let count = try await urls.updateMany(
            filter.merging(["site": .string(site)]),
            ["$set": .document(whole ? due.merging(["revalidation": .null]) : due)]
        ).modifiedCount
        try await queues.wakeAll(site: site)
        return count
    }
}

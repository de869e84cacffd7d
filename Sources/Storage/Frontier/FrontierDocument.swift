import CrawlDomain
import struct Foundation.Date
import MongoDriver
import WebStandards

/// A URL as `frontier` holds it.
enum FrontierDocument {
    /// A newly found URL, without its `_id`.
    static func new(_ url: FrontierURL, now: Date) -> BSONDocument {
        var document: BSONDocument = [
            "site": .string(url.site), "host": .string(url.host), "url": .string(url.url.href),
            "page": .string(url.page),
            "priority": .int32(Int32(clamping: url.priority)), "depth": .int32(Int32(clamping: url.depth)),
            "via": url.via.map(BSONValue.string) ?? .null, "redirects": .int32(Int32(clamping: url.redirects)),
            "state": "due", "due": .null, "attempts": 0, "crashes": 0, "suspect": 0,
            "discovered": .date(now),
        ]
        if case .content(let heard)? = url.signal { document["signals"] = [heard.source: .string(heard.hash)] }
        return document
    }

    /// Reads a leased URL; nil when the stored URL is not one any more.
    static func leased(_ document: BSONDocument) -> LeasedURL? {
        entry(document).map { entry in
            LeasedURL(
                entry: entry, attempts: document["attempts"]?.intValue ?? 0,
                contentHash: document["content_hash"]?.stringValue.map(ContentHash.init(hex:)),
                length: document["length"]?.intValue,
                revalidation: document["revalidation"]?.documentValue.flatMap(revalidation),
                isSuspect: (document["suspect"]?.intValue ?? 0) > 0,
                revisit: document["revisit"]?.documentValue.flatMap(RevisitDocument.record))
        }
    }

    /// Reads a URL; nil when the stored URL is not one any more.
    static func entry(_ document: BSONDocument) -> FrontierURL? {
        guard let site = document["site"]?.stringValue, let page = document["page"]?.stringValue,
            let text = document["url"]?.stringValue, let url = WebURL(text), let id = document["_id"]?.stringValue,
            let fingerprint = URLFingerprint(hex: id)
        else { return nil }
        return FrontierURL(
            url: url, fingerprint: fingerprint, site: site, page: page,
            priority: document["priority"]?.intValue ?? 0, depth: document["depth"]?.intValue ?? 0,
            via: document["via"]?.stringValue, redirects: document["redirects"]?.intValue ?? 0)
    }

    /// The update a visit makes to its URL.
    ///
    /// - Parameters:
    ///   - dropped: Items that were refused: a page that did not give what it should is asked for whole the next time, or its server
    ///     could go on saying that nothing has changed.
    ///   - changes: What was changed, by the key of the item.
    ///   - clock: The server's, which due times are kept by.
    static func update(
        for visit: VisitOutcome, dropped: [Drop], changes: [String: [Change]], clock: ServerClock
    ) -> BSONDocument {
        let isWhole = !visit.items.contains { item in dropped.contains { $0.key == item.key } }
        var fields: BSONDocument = [
            "status": visit.status.map { .int32(Int32(clamping: $0)) } ?? .null, "visited": .date(clock.now),
            "lease": .null, "crashes": 0, "suspect": 0,
            "revalidation": visit.revalidation.flatMap { isWhole ? .document(document(of: $0)) : nil } ?? .null,
        ]
        if let hash = visit.page?.contentHash { fields["content_hash"] = .string(hash.hex) }
        if let page = visit.page, isWhole, !visit.isUnread { fields["length"] = .int32(Int32(clamping: page.length)) }
        var increment: BSONDocument = [:]
        func due(_ date: Date) -> Date { clock.time(of: date, decidedAt: visit.decidedAt) }
        switch visit.disposition {
        case .done(let revisit):
            fields["state"] = "done"
            let plan = visit.revisit.map { $0.decision(after: changes, of: visit.items) }
            fields["due"] = (plan?.due ?? revisit).map { .date(due($0)) } ?? .null
            if let plan { fields["revisit"] = .document(RevisitDocument.document(of: plan.record)) }
            fields["attempts"] = 0
            fields["reason"] = .null
        case .retry(let at, let reason):
            fields["state"] = "retry"
            fields["due"] = .date(due(at))
            fields["reason"] = .string(reason)
            increment["attempts"] = 1
        case .postponed(let until, let reason):
            fields["state"] = "retry"
            fields["due"] = .date(due(until))
            fields["reason"] = .string(reason)
        case .moved(let url):
            fields["state"] = "due"
            fields["due"] = .null
            fields["url"] = .string(url.href)
            fields["host"] = .string(url.politenessHost)
            increment["attempts"] = 1
        case .dead(let reason):
            fields["state"] = "dead"
            fields["due"] = .null
            fields["reason"] = .string(reason)
            increment["attempts"] = 1
        }
        return increment.isEmpty
            ? ["$set": .document(fields)] : ["$set": .document(fields), "$inc": .document(increment)]
    }

    private static func document(of revalidation: Revalidation) -> BSONDocument {
        [
            "etag": revalidation.validators.entityTag.map { .string($0.text) } ?? .null,
            "last_modified": revalidation.validators.lastModified.map(BSONValue.string) ?? .null,
            "lifetime": revalidation.statedLifetime.map(BSONValue.int64) ?? .null,
            "spider": .string(revalidation.spiderVersion),
        ]
    }

    private static func revalidation(_ document: BSONDocument) -> Revalidation? {
        let tag = document["etag"]?.stringValue.flatMap(EntityTag.init)
        return Revalidation(
            validators: Validators(entityTag: tag, lastModified: document["last_modified"]?.stringValue),
            statedLifetime: document["lifetime"]?.intValue.map(Int64.init),
            spiderVersion: document["spider"]?.stringValue ?? "")
    }
}

extension RevisitFork {
    /// The way that a commit's changes to the visit's items lead.
    fileprivate func decision(after changes: [String: [Change]], of items: [Item]) -> RevisitDecision {
        let hasChanged = items.contains { item in
            let subject = ChangeSubject(item.type)
            return (changes[item.key] ?? []).contains { change in
                guard change.subject == subject else { return false }
                return change.operation != .update
                    || change.fields.contains { !(ignored[item.type]?.contains($0.name) ?? false) }
            }
        }
        return hasChanged ? changed : unchanged
    }
}

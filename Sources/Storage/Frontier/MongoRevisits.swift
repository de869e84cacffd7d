public import CrawlDomain
import Foundation
import MongoDriver
public import WebStandards

/// What is kept of revisits in MongoDB: plans and signals beside their URLs in `frontier`, shares in `sites`.
public struct MongoRevisits: RevisitStore {
    let database: AnimeDatabase

    private var urls: MongoCollection { database.collection(.frontier) }
    private var sites: MongoCollection { database.collection(.sites) }

    /// Pages that a census looks at.
    private static let sample = 200_000
    /// Kinds of lists whose signals are kept of one URL.
    private static let maximumSources = 8

    /// Not those that are leased: whoever asks for them now will know more.
    public func known(_ urls: [URLFingerprint]) async throws -> [KnownURL] {
        let ids = urls.map { BSONValue.string($0.hex) }
        return try await self.urls.find(["_id": ["$in": .array(ids)], "state": ["$ne": "leased"]]).all().compactMap {
            document in
            guard let entry = FrontierDocument.entry(document) else { return nil }
            let isWaiting = document["state"]?.stringValue == FrontierState.done.rawValue
            let signals = document["signals"]?.documentValue ?? [:]
            return KnownURL(
                entry: entry,
                record: isWaiting ? document["revisit"]?.documentValue.flatMap(RevisitDocument.record) : nil,
                visited: document["visited"]?.dateValue,
                signals: Dictionary(
                    signals.compactMap { field in field.value.stringValue.map { (field.key, $0) } },
                    uniquingKeysWith: { $1 }))
        }
    }

    /// A page that was visited meanwhile is left alone, as is one that a newer version has written.
    public func apply(_ effects: [SignalEffect]) async throws {
        let models = effects.map { effect in
            var (filter, fields): (BSONDocument, BSONDocument) = (
                ["_id": .string(effect.url.entry.fingerprint.hex), "state": ["$ne": "leased"]], [:]
            )
            if let decision = effect.decision {
                // Whoever visited the page meanwhile knows more.
                filter["state"] = "done"
                filter["visited"] = effect.url.visited.map(BSONValue.date) ?? .null
                fields["revisit"] = .document(RevisitDocument.document(of: decision.record))
                fields["due"] = .date(decision.due)
            }
            if let heard = effect.heard {
                var signals = effect.url.signals
                if signals[heard.source] == nil, signals.count >= Self.maximumSources { signals = [:] }
                signals[heard.source] = heard.hash
                fields["signals"] = .document(
                    signals.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .string($1.value) })
            }
            return WriteModel.updateOne(filter, .operators(["$set": .document(fields)]))
        }
        var result = try await urls.bulkWrite(models, ordered: false)
        // Its schema refuses URLs that a newer version has written. What a list says of them is a hint, which must not keep the list itself
        // from being stored.
        result.writeErrors.removeAll { $0.code == .validation }
        try result.throwIfAnyRowFailed()
        // What is due sooner than its host's queue says must not wait for it.
        var earliest: [FrontierHost: Date] = [:]
        for effect in effects {
            guard let due = effect.decision?.due else { continue }
            let host = effect.url.entry.frontierHost
            earliest[host] = min(earliest[host] ?? due, due)
        }
        try await database.frontier.queues.wake(earliest)
    }

    /// Of a sample where there are more than 200,000 URLs: fingerprints are hashes, so a range of them is fair.
    public func census(site: String) async throws -> RevisitCensus {
        let (range, factor) = try await sampling(site: site)
        let rows = try await urls.aggregate([
            ["$match": .document(range)],
            [
                "$group": [
                    "_id": [
                        "page": "$page", "class": "$revisit.class",
                        // Four groups to a doubling of the rate; absent for URLs that were never visited.
                        "octave": ["$round": [["$multiply": [4, ["$log": ["$revisit.rate", 2]]]]]],
                    ],
                    "pages": ["$sum": ["$cond": [["$eq": ["$state", "dead"]], 0, 1]]],
                    // What was visited and has no rate is never visited again.
                    "waiting": ["$sum": ["$cond": [["$in": ["$state", ["dead", "done"]]], 0, 1]]],
                ]
            ],
        ]).all()
        var census = RevisitCensus()
        for row in rows {
            guard let group = row["_id"]?.documentValue, let page = group["page"]?.stringValue,
                let count = row["pages"]?.intValue, count > 0
            else { continue }
            guard let octave = group["octave"]?.doubleValue else {
                census.waiting += Double(row["waiting"]?.intValue ?? 0) * factor
                continue
            }
            census.groups.append(
                RevisitGroup(
                    page: page, className: group["class"]?.stringValue, rate: exp2(octave / 4),
                    pages: Double(count) * factor))
        }
        return census
    }

    /// A site's URLs, or a part of them: fingerprints are hashes, so that a range of them is a fair sample.
    private func sampling(site: String) async throws -> (BSONDocument, factor: Double) {
        let all: BSONDocument = ["site": .string(site)]
        let count = try await urls.aggregate([
            ["$match": .document(all)], ["$limit": .int64(Int64(Self.sample) + 1)], ["$count": "urls"],
        ]).all().first?["urls"]?.intValue
        guard let count, count > Self.sample else { return (all, 1) }
        let total = try await urls.aggregate([["$collStats": ["count": [:]]]]).all().first?["count"]?.intValue
        let part = min(1, max(Double(Self.sample) / Double(max(total ?? count, 1)), 1.0 / 65_536))
        let bound = String(format: "%08x", UInt32(min(part * 4_294_967_296, 4_294_967_295)))
        return (all.merging(["_id": ["$lt": .string(bound)]]), 1 / part)
    }

    /// Kept with the site's instructions, in `sites`.
    public func shares(site: String) async throws -> RevisitShares? {
        guard let revisit = try await sites.findOne(["_id": .string(site)])?["revisit"]?.documentValue,
            let multiplier = revisit["multiplier"]?.doubleValue, let budget = revisit["budget"]?.doubleValue,
            let delay = revisit["delay"]?.doubleValue, let computedAt = revisit["computed_at"]?.dateValue
        else { return nil }
        return RevisitShares(multiplier: multiplier, budget: budget, delay: delay, computedAt: computedAt)
    }

    /// The last to compute them is believed; all compute the same from the same census.
    public func save(_ shares: RevisitShares, site: String) async throws {
        let revisit: BSONDocument = [
            "multiplier": .double(shares.multiplier), "budget": .double(shares.budget), "delay": .double(shares.delay),
            "computed_at": .date(shares.computedAt),
        ]
        try await sites.updateOne(
            ["_id": .string(site)], ["$set": ["revisit": .document(revisit)]], .upsert)
    }
}

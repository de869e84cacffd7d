import CrawlDomain
import Foundation
import MongoDriver
import WebStandards

/// Counts the URLs that links have given to the frontier, in `budgets`, and keeps links out that are over a limit.
///
/// A batch is let in while the count is below the limit, and counted after it is stored: a limit is passed by one batch of each worker at
/// most, and a death between the two forgets one batch. Counting first could count twice what is committed again.
struct BudgetBook {
    let database: AnimeDatabase
    let budgets: LinkBudgets

    /// Days after which the count of a day is deleted.
    private static let daysKept = 3.0

    private var counts: MongoCollection { database.collection(.budgets) }

    /// One count and its limit.
    private struct Account {
        let id: String
        let limit: Int
        let refusal: LinkRefusal
        var expires: Date?
    }

    /// The URLs that are within all limits or known already, and how many were refused for what.
    func admitted(
        _ urls: [FrontierURL], on date: Date
    ) async throws -> (urls: [FrontierURL], refused: [LinkRefusal: Int]) {
        let ids = Set(urls.flatMap { accounts($0, on: date).map(\.id) })
        guard !ids.isEmpty else { return (urls, [:]) }
        let found = try await counts.find(["_id": ["$in": .array(ids.sorted().map(BSONValue.string))]]).all()
        let numbers = found.reduce(into: [String: Int]()) { numbers, document in
            guard let id = document["_id"]?.stringValue else { return }
            numbers[id] = document["count"]?.intValue
        }
        let excess = urls.map { url in accounts(url, on: date).first { numbers[$0.id] ?? 0 >= $0.limit }?.refusal }
        guard excess.contains(where: { $0 != nil }) else { return (urls, [:]) }
        let known = try await known(zip(urls, excess).compactMap { $1 == nil ? nil : $0 })
        var refused: [LinkRefusal: Int] = [:]
        let admitted = zip(urls, excess).compactMap { url, refusal -> FrontierURL? in
            guard let refusal, !known.contains(url.fingerprint.hex) else { return url }
            refused[refusal, default: 0] += 1
            return nil
        }
        return (admitted, refused)
    }

    /// Counts URLs that were new.
    func count(_ added: [FrontierURL], on date: Date) async throws {
        guard !added.isEmpty else { return }
        var growth: [String: (url: FrontierURL, account: Account, number: Int)] = [:]
        for url in added {
            for account in accounts(url, on: date) { growth[account.id, default: (url, account, 0)].number += 1 }
        }
        let models = growth.values.sorted { $0.account.id < $1.account.id }.map { url, account, number in
            WriteModel.updateOne(
                ["_id": .string(account.id)],
                .operators([
                    "$inc": ["count": .int64(Int64(number))],
                    "$setOnInsert": [
                        "site": .string(url.site), "host": .string(url.host),
                        "expires": account.expires.map(BSONValue.date) ?? .null,
                    ],
                ]), .upsert)
        }
        try await counts.bulkWrite(models, ordered: false).throwIfAnyRowFailed()
    }

    private func accounts(_ url: FrontierURL, on date: Date) -> [Account] {
        let host = "\(url.site)|\(url.host)"
        let day = date.formatted(.iso8601.year().month().day())
        var accounts = [
            Account(id: host, limit: budgets.urlsPerHost, refusal: .urlsPerHost),
            Account(
                id: "\(host)|\(day)", limit: budgets.newURLsPerDay, refusal: .newURLsPerDay,
                expires: date.addingTimeInterval(Self.daysKept * 86_400)),
        ]
        // A path without a query is one URL: there is nothing to count.
        if url.url.query != nil {
            accounts.append(Account(id: host + url.url.path, limit: budgets.urlsPerPath, refusal: .urlsPerPath))
        }
        return accounts
    }

    private func known(_ urls: [FrontierURL]) async throws -> Set<String> {
        let ids = urls.map { BSONValue.string($0.fingerprint.hex) }
        let found = try await database.collection(.frontier).find(
            ["_id": ["$in": .array(ids)]], FindOptions(projection: ["_id": 1])
        ).all()
        return Set(found.compactMap { $0["_id"]?.stringValue })
    }
}

import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct PageArchiveTests {
    private static let path = "/anime/1"

    /// Visits the page, which answers with a text.
    private func visit(
        _ text: String, at time: TimeInterval, isUnread: Bool = false, items: [Item] = [], in database: AnimeDatabase
    ) async throws -> CommitSummary {
        try await database.frontier.makeDue([try Samples.url(Self.path)])
        let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
        let url = try #require(try await database.frontier.lease(1, of: lease).first)
        var visit = VisitOutcome(
            visited: url, disposition: .done(revisit: Date().addingTimeInterval(86_400)), status: 200, items: items,
            page: RawPage(
                site: "demo", url: url.entry.url.href, page: "anime", status: 200, contentType: nil,
                body: Array(text.utf8), fetchedAt: Date(timeIntervalSince1970: time)))
        visit.isUnread = isUnread
        let summary = try await database.ledger.commit(
            [visit], under: lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
        try await database.frontier.release(lease, memory: HostMemory())
        return summary
    }

    private func texts(_ database: AnimeDatabase) async throws -> [String] {
        var texts: [String] = []
        _ = try await database.pages.forEach(site: "demo") { texts.append(String(decoding: $0.body, as: UTF8.self)) }
        return texts
    }

    @Test("an answer that is not understood is kept beside the last that was, until the next that is")
    func unread() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await visit("good", at: 1_000, in: database)
            _ = try await visit("strange", at: 2_000, isUnread: true, in: database)
            _ = try await visit("stranger", at: 3_000, isUnread: true, in: database)
            #expect(try await texts(database) == ["good", "stranger"])
            let fingerprint = try Samples.url(Self.path).fingerprint.hex
            #expect(try await database.pages.page(fingerprint: fingerprint)?.body == Array("stranger".utf8))
            _ = try await visit("better", at: 4_000, in: database)
            #expect(try await texts(database) == ["better"])
        }
    }

    @Test("so is one whose items are refused, for they would lose what is stored; with an item that goes both go")
    func refused() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var item = Samples.user("ada", scores: [1: 8])
            item.fields["favorites"] = ["demo:1"]
            _ = try await visit("whole", at: 1_000, items: [item], in: database)
            item.fields["favorites"] = .array([])
            let summary = try await visit("reduced", at: 2_000, items: [item], in: database)
            #expect(summary.drops.map(\.reason) == [.poorerThanStored])
            #expect(try await texts(database) == ["whole", "reduced"])

            try await database.frontier.makeDue([try Samples.url(Self.path)])
            let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
            let url = try #require(try await database.frontier.lease(1, of: lease).first)
            var gone = VisitOutcome(visited: url, disposition: .done(revisit: nil), status: 200)
            gone.absent = [AbsentItem(type: .user, key: item.key, isPrivate: true)]
            _ = try await database.ledger.commit([gone], under: lease, wait: .zero, cause: Samples.cause, id: "gone")
            #expect(try await texts(database).isEmpty)
        }
    }
}

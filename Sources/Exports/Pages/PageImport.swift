import CrawlDomain
import Foundation
public import Storage
public import WebStandards

/// Brings raw pages back from a web archive, ours or another program's.
public struct PageImport: Sendable {
    /// Where a page belongs.
    public struct Place: Sendable {
        /// The spider's site.
        public let site: String
        /// The kind of page.
        public let page: String
        /// The URL's fingerprint, as in `frontier`.
        public let fingerprint: String
        /// Whether the address names a person.
        public let isPersonal: Bool

        /// Makes one.
        public init(site: String, page: String, fingerprint: String, isPersonal: Bool = false) {
            (self.site, self.page, self.fingerprint, self.isPersonal) = (site, page, fingerprint, isPersonal)
        }
    }

    /// What came of an archive.
    public struct Summary: Sendable, Hashable {
        /// Records.
        public var records = 0
        /// Pages that are kept now.
        public var stored = 0
        /// Pages older than what is kept of their URL, or as old.
        public var older = 0
        /// Answers that no spider reads.
        public var unread = 0
        /// Records and bodies larger than is kept.
        public var tooLarge = 0
        /// Records that only refer to a body which is not in the archive before them.
        public var lost = 0
        /// Pages of people who are forgotten.
        public var forgotten = 0
        /// Records that give no page.
        public var refused: [ArchivedAnswer.Refusal: Int] = [:]
    }

    /// Pages stored at once, and the bytes they may have.
    private static let (batch, batchBytes) = (100, 16 << 20)
    /// Bodies that later records may refer to; beyond them a reference counts as lost.
    private static let maximumReferences = 1_000_000

    private let archive: PageArchive
    private let place: @Sendable (WebURL) -> Place?

    /// - Parameter place: Which spider reads a URL; nil when none does.
    public init(into archive: PageArchive, place: @escaping @Sendable (WebURL) -> Place?) {
        (self.archive, self.place) = (archive, place)
    }

    /// Reads an archive to its end; of one that breaks off, what was before is kept.
    public func read(_ file: ArchiveFile) async throws -> Summary {
        var summary = Summary()
        var waiting: [ArchivedPage] = []
        var bytes = 0
        /// Payload's check sum → the page that has it, and the hash of its body as it is stored.
        var holders: [String: (fingerprint: String, hash: ContentHash)] = [:]
        func flush() async throws {
            let result = try await archive.store(waiting)
            summary.stored += result.stored
            summary.older += result.older
            summary.tooLarge += result.tooLarge
            summary.forgotten += result.forgotten
            waiting.removeAll(keepingCapacity: true)
            bytes = 0
        }
        func take(_ event: WARCReader.Event) async throws {
            summary.records += 1
            guard case .record(let record) = event else {
                summary.tooLarge += 1
                return
            }
            let answer: ArchivedAnswer
            do throws(ArchivedAnswer.Refusal) { answer = try ArchivedAnswer(record) } catch {
                summary.refused[error, default: 0] += 1
                return
            }
            guard let place = place(answer.url) else {
                summary.unread += 1
                return
            }
            var page = RawPage(answer, at: place)
            if record.kind == .revisit {
                guard let holder = answer.payloadDigest.flatMap({ holders[$0] }),
                    let found = try await body(holder, waiting)
                else {
                    summary.lost += 1
                    return
                }
                page = page.having(found)
            } else if let digest = answer.payloadDigest, holders.count < Self.maximumReferences {
                holders[digest] = (place.fingerprint, page.contentHash)
            }
            bytes += page.body.count
            waiting.append(
                ArchivedPage(
                    page: page, fingerprint: place.fingerprint, isUnread: answer.isUnread, isPersonal: place.isPersonal)
            )
            if waiting.count >= Self.batch || bytes >= Self.batchBytes { try await flush() }
        }
        do {
            try await file.forEach(take)
        } catch let error as ExportError {
            try await flush()
            throw error
        }
        try await flush()
        return summary
    }

    /// The page with a body, which may not be stored yet.
    private func body(
        _ holder: (fingerprint: String, hash: ContentHash), _ waiting: [ArchivedPage]
    ) async throws -> RawPage? {
        if let page = waiting.last(where: { $0.fingerprint == holder.fingerprint && $0.page.contentHash == holder.hash }
        ) {
            return page.page
        }
        // A newer one may be kept there instead.
        let stored = try await archive.page(fingerprint: holder.fingerprint)
        return stored?.contentHash == holder.hash ? stored : nil
    }
}

extension RawPage {
    fileprivate init(_ answer: ArchivedAnswer, at place: PageImport.Place) {
        self.init(
            site: place.site, url: answer.url.href, page: place.page, status: 200, contentType: answer.contentType,
            coding: answer.coding, body: answer.body, length: answer.length,
            contentHash: ContentHash(ofBytes: answer.body),
            fetchedAt: answer.fetchedAt)
    }

    /// This page with the body of another.
    fileprivate func having(_ other: RawPage) -> RawPage {
        RawPage(
            site: site, url: url, page: page, status: status, contentType: contentType, coding: other.coding,
            body: other.body, length: other.length, contentHash: other.contentHash, fetchedAt: fetchedAt)
    }
}

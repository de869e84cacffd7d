public import CrawlDomain
import Fetching
public import Foundation
public import WebStandards

/// The answer in a record of a web archive.
public struct ArchivedAnswer: Sendable {
    /// Why a record gives no page.
    public enum Refusal: String, Error, Sendable, CaseIterable {
        /// It is no answer to a request over HTTP, or no date or address is with it.
        case notAnAnswer = "not_an_answer"
        /// Its status is not 200.
        case otherStatus = "other_status"
        /// Its head, chunks or coding are broken, or it unpacks to more than is read.
        case broken
    }

    /// The longest body, decoded.
    public static let maximumBodyBytes = 64 << 20

    /// Where it was.
    public let url: WebURL
    /// When it was asked for.
    public let fetchedAt: Date
    /// The type as answered.
    public let contentType: String?
    /// The body without chunks; compressed where it came so with gzip alone.
    public let body: [UInt8]
    /// How `body` is compressed.
    public let coding: RawPage.Coding
    /// Bytes of the decoded body.
    public let length: Int
    /// Whether it was not understood by who wrote the archive, if that was this program.
    public let isUnread: Bool
    /// The check sum that the archive states of the payload.
    public let payloadDigest: String?

    /// Reads a response; of a revisit the body is empty.
    public init(_ record: WARCRecord) throws(Refusal) {
        guard record.kind == .response || record.kind == .revisit, let text = record.targetURI, let url = WebURL(text),
            url.isHTTP, let date = record.date, date >= 0, let head = HTTPHead(of: record.block)
        else { throw .notAnAnswer }
        guard head.status == 200 else { throw .otherStatus }
        self.url = url.withoutFragment.withoutCredentials
        fetchedAt = Date(timeIntervalSince1970: Double(date))
        contentType = head.fields.first("content-type").map { String($0.prefix(500)) }
        isUnread = record.fields.first(PageRecord.stateField) == PageRecord.unread
        payloadDigest = record.fields.first("WARC-Payload-Digest")
        guard record.kind == .response else {
            (body, coding, length) = ([], .identity, 0)
            return
        }
        let isChunked = head.fields.list("transfer-encoding").contains { $0.lowercased() == "chunked" }
        let sent = record.block[head.bodyStart...]
        // Some tools keep the field and not the chunks.
        let payload = isChunked ? ChunkedBody.decode(sent) ?? Array(sent) : Array(sent)
        do throws(FetchError) {
            let codings = try ContentCodings(head.fields)
            // Some tools keep that field too, and not the coding.
            let isDecoded = codings.only == .gzip && !payload.starts(with: [0x1F, 0x8B])
            let decoded = isDecoded ? payload : try codings.decode(payload, limit: Self.maximumBodyBytes)
            let isGzip = codings.only == .gzip && !isDecoded
            (body, coding, length) = (isGzip ? payload : decoded, isGzip ? .gzip : .identity, decoded.count)
        } catch {
            throw .broken
        }
    }
}

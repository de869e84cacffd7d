import CrawlDomain
import Foundation
import WebStandards

/// A raw page as records of a web archive.
///
/// Of the answer's head the status, the content type and the content coding are kept, so the head in the archive is made of these; the
/// body is byte for byte what came, compressed where it came so.
struct PageRecord {
    /// The field that tells a page which was not understood.
    static let stateField = "AnimeMatcher-State"
    static let unread = "unread"

    let record: WARCRecord
    /// The record's id.
    let id: String
    let date: String
    let payloadDigest: String

    /// - Parameter earlier: A record with the same payload, which this one only refers to.
    init(_ page: RawPage, isUnread: Bool, earlier: Earlier? = nil) {
        date = W3CDateTime.format(Int64(page.fetchedAt.timeIntervalSince1970.rounded(.down)))
        // The same page has the same id in every archive.
        id = Self.uuid(of: "\(page.url)\n\(date)\n\(page.contentHash.hex)\n\(isUnread)")
        payloadDigest = WARCDigest.sha1(page.body)
        var head = "HTTP/1.1 \(page.status) \(page.status == 200 ? "OK" : "-")\r\n"
        // What would end its line is not a content type.
        if let type = page.contentType, HeaderField(name: "Content-Type", value: type).hasValidValue {
            head += "Content-Type: \(type)\r\n"
        }
        if page.coding == .gzip { head += "Content-Encoding: gzip\r\n" }
        head += "Content-Length: \(page.body.count)\r\n\r\n"
        let block = Array(head.utf8) + (earlier == nil ? page.body : [])
        var record = WARCRecord(
            earlier == nil ? .response : .revisit, id: id, date: date, type: "application/http; msgtype=response",
            block: block)
        record.fields.append("WARC-Target-URI", page.url)
        record.fields.append("WARC-Payload-Digest", payloadDigest)
        record.fields.append("WARC-Block-Digest", WARCDigest.sha1(block))
        if let earlier {
            record.fields.append("WARC-Profile", WARCRecord.identicalPayload)
            record.fields.append("WARC-Refers-To", "<\(earlier.id)>")
            record.fields.append("WARC-Refers-To-Target-URI", earlier.url)
            record.fields.append("WARC-Refers-To-Date", earlier.date)
        }
        if isUnread { record.fields.append(Self.stateField, Self.unread) }
        self.record = record
    }

    /// What a revisit says of the record it refers to.
    struct Earlier {
        let id: String
        let url: String
        let date: String
    }

    /// A UUID of our own making (RFC 9562, version 8) from a text.
    static func uuid(of text: String) -> String {
        var bytes = Array(SHA256.hash(text.utf8).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        var rest = digits[...]
        let parts = [8, 4, 4, 4, 12].map { count in
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }
        return "urn:uuid:\(parts.joined(separator: "-"))"
    }
}

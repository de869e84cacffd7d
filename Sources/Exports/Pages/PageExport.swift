import CrawlDomain
public import Foundation
public import Storage
import WebStandards

/// Takes raw pages out as a web archive (WARC 1.1, ISO 28500:2017).
public struct PageExport: Sendable {
    private let archive: PageArchive
    private let software: String

    /// - Parameter software: Who writes the archive: name and version.
    public init(from archive: PageArchive, software: String) {
        (self.archive, self.software) = (archive, software)
    }

    /// Writes the pages, oldest first, and puts the file in its place.
    ///
    /// A body that several pages of a site have is written once; the others refer to it. Each record can be decompressed by itself.
    public func write(site: String? = nil, now: Date, to file: OutputFile) async throws -> ExportSummary {
        var summary = ExportSummary(what: "pages", format: "warc", file: file.name, site: site)
        try put(information(file.name, now: now), to: file)
        let sites = if let site { [site] } else { try await archive.sites() }
        for site in sites {
            // Only what is there twice is remembered.
            let repeated = try await archive.repeatedHashes(site: site)
            var written: [String: PageRecord.Earlier] = [:]
            summary.unreadable += try await archive.forEachArchived(site: site) { archived in
                let (page, hash) = (archived.page, archived.page.contentHash.hex)
                let record = PageRecord(page, isUnread: archived.isUnread, earlier: written[hash])
                if written[hash] != nil {
                    summary.referring += 1
                } else if repeated.contains(hash) {
                    written[hash] = .init(id: record.id, url: page.url, date: record.date)
                }
                try put(record.record, to: file)
                summary.documents += 1
                summary.rows += 1
            }
        }
        try file.commit()
        summary.bytes = file.bytes
        return summary
    }

    private func put(_ record: WARCRecord, to file: OutputFile) throws {
        try file.write(record.bytes)
        try file.endMember()
    }

    private func information(_ file: String, now: Date) -> WARCRecord {
        let date = W3CDateTime.format(Int64(now.timeIntervalSince1970))
        let text = """
            software: \(software)\r
            format: WARC File Format 1.1\r
            conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r
            description: raw pages; heads of answers hold what was kept of them: status, type and coding\r

            """
        var record = WARCRecord(
            .warcinfo, id: PageRecord.uuid(of: "\(file)\n\(now.timeIntervalSince1970)"), date: date,
            type: "application/warc-fields", block: Array(text.utf8))
        if file != "-" { record.fields.append("WARC-Filename", URL(fileURLWithPath: file).lastPathComponent) }
        return record
    }
}

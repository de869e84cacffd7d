import CrawlDomain
import CrawlEngine
import Foundation
import Terminal

/// The file that says which entry each item of a file of ratings is.
struct ItemFile {
    /// Item number → entry number.
    let entries: [Int32: Int32]
    /// The same for the same file.
    let identity: String

    /// More items than any catalogue has.
    private static let maximumItems = 5_000_000

    init(_ file: String) throws {
        let source = try ImportSource(file)
        var reader = ImportRecordReader(try ImportFormat(head: source.head(ImportFormat.headBytes)) ?? .csv)
        var entries: [Int32: Int32] = [:]
        var unread = 0
        func take(_ outcomes: [ImportRecordReader.Outcome]) throws {
            for outcome in outcomes {
                guard let record = try? outcome.get(), let item = record.itemNumber, let entry = record.entryNumber
                else {
                    unread += 1
                    continue
                }
                // Of two rows of one item the first counts.
                if entries[item] == nil { entries[item] = entry }
            }
            guard entries.count <= Self.maximumItems else {
                throw Failure("\(file): more than \(Self.maximumItems) items, which is the limit")
            }
        }
        while let piece = try source.next() { try take(reader.read(piece)) }
        try take(reader.finish())
        guard !entries.isEmpty else { throw Failure("\(file): expected CSV with the columns item and mal_id") }
        if unread > 0 { Console.note("\(file): \(unread) rows do not say item and mal_id, and are passed over") }
        self.entries = entries
        identity = source.identity("items") ?? UUID().uuidString
    }
}

import CrawlEngine
import Terminal

/// What files of metadata say of items, found by the item's number in the ratings.
struct ItemFactsFile {
    /// More items than any catalogue has.
    private static let maximumItems = 2_000_000

    private var byItem: [Identifier: ItemFacts] = [:]
    /// What names only the site's number, by that.
    private var byEntry: [Int: ItemFacts] = [:]
    /// Whether a file says which site's number an item has; where none does, items are numbered as the site does.
    private var joins = false

    /// Reads a file; CSV or JSON lines.
    mutating func read(_ name: String) throws {
        let source = try ImportSource(name)
        var reader = ImportRecordReader(try ImportFormat(head: source.head(ImportFormat.headBytes)) ?? .csv)
        let report = ImportReport(file: name)
        var count = 0
        func take(_ outcomes: [ImportRecordReader.Outcome]) throws {
            for outcome in outcomes {
                switch outcome {
                case .success(let record):
                    guard add(ItemFacts(record)) else {
                        report.reject("\(record.unit) \(record.line): expected item or mal_id")
                        continue
                    }
                    count += 1
                case .failure(let reject): report.reject("\(reject)")
                }
            }
            guard count <= Self.maximumItems else {
                throw Failure("\(name): more than \(Self.maximumItems) items, which is the limit")
            }
        }
        while let piece = try source.next() { try take(reader.read(piece)) }
        try take(reader.finish())
        guard count > 0 else {
            throw Failure("\(name): no items; expected CSV with item,title,… or JSON lines with mal_id, title, …")
        }
        if report.rejected > 20 { Console.note("\(name): \(report.rejected - 20) more left out") }
    }

    private mutating func add(_ facts: ItemFacts) -> Bool {
        if let item = facts.item.flatMap({ Identifier($0.utf8) }) {
            byItem[item] = byItem[item].map { ItemFacts($0, completedBy: facts) } ?? facts
            if facts.entry != nil { joins = true }
            return true
        }
        guard let entry = facts.entry else { return false }
        byEntry[entry] = byEntry[entry].map { ItemFacts($0, completedBy: facts) } ?? facts
        return true
    }

    /// What is known of an item.
    subscript(item: Identifier) -> ItemFacts? {
        let own = byItem[item]
        if let entry = own?.entry, let more = byEntry[entry] {
            return own.map { ItemFacts($0, completedBy: more) }
        }
        if own == nil, !joins, case .number(let number) = item { return byEntry[number] }
        return own
    }
}

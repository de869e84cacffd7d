public import CrawlDomain
import WebStandards

/// Makes a person's list of an export of MyAnimeList. Left out are comments, tags, and what else a person wrote for themselves.
public struct AnimeListImport: Sendable {
    private let site: String
    private let pipeline: ItemPipeline
    private let titles: [String: ListBuilder.Title]

    /// - Parameters:
    ///   - site: The site whose numbers the list uses.
    ///   - titles: Entry number → title and type, where they are known; the list has its own otherwise.
    public init(site: String, pipeline: ItemPipeline, titles: [String: ListBuilder.Title] = [:]) {
        self.site = site
        self.pipeline = pipeline
        self.titles = titles
    }

    /// Makes the list.
    ///
    /// - Parameters:
    ///   - name: The person's name as it is stored.
    ///   - rejects: Filled with the rows that are left out.
    public func list(_ records: [ImportRecord], name: String, rejects: inout [ImportReject]) throws(ImportError) -> Item
    {
        var rows: [String: JSONValue] = [:]
        var order: [String] = []
        for record in records {
            do throws(ImportReject) {
                let (id, row) = try row(record)
                if rows.updateValue(row, forKey: id) == nil { order.append(id) }
            } catch { rejects.append(error) }
        }
        let fields: JSONObject = [
            "_id": .string("\(site):\(name)"), "site": .string(site), "name": .string(name),
            "list": .array(order.compactMap { rows[$0] }),
        ]
        switch pipeline.process(fields, type: .user) {
        case .item(let item): return item
        case .drop(let drop): throw ImportError("\(drop.reason.rawValue): \(drop.detail)")
        }
    }

    private func row(_ record: ImportRecord) throws(ImportReject) -> (id: String, row: JSONValue) {
        let row = try AnimeListXML.Row(record)
        let key = String(row.id)
        return (
            key,
            [
                "entry_id": .string("\(site):\(key)"), "title": .orNull(titles[key]?.title ?? row.title),
                "type": .orNull(titles[key]?.type ?? record.text(["series_type"])),
                "score": .int(Int64(row.score)), "status": .orNull(row.status),
                "watched_episodes": .orNull(record.integer(["my_watched_episodes"]).flatMap { $0 >= 0 ? $0 : nil }),
                "rewatching": record.integer(["my_rewatching"]).map { .bool($0 != 0) } ?? .null,
                "started": .orNull(Self.day(record.text(["my_start_date"]))),
                "finished": .orNull(Self.day(record.text(["my_finish_date"]))), "updated": .null,
            ]
        )
    }

    /// `2019-00-00` is known to the year.
    private static func day(_ text: String?) -> String? {
        guard let text else { return nil }
        let parts = text.split(separator: "-").prefix(3)
        guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), year > 0 else { return nil }
        guard let month = Int(parts[1]), (1...12).contains(month) else { return String(parts[0]) }
        return DateText.format(String(parts[0]), month, Int(parts[2]))
    }
}

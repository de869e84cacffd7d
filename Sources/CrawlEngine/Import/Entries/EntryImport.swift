public import CrawlDomain
import WebStandards

/// Makes entries of the records of public data sets, whatever their columns are called, and of our own export.
public struct EntryImport: Sendable {
    private let site: String
    private let pipeline: ItemPipeline
    private let everySite: Bool
    private let keepsStored: Bool?

    /// - Parameters:
    ///   - site: The site whose numbers the records use.
    ///   - everySite: Whether a record that names several sites makes an entry of each, not of the first only.
    ///   - keepsStored: Whether what is stored stays, and only what is missing is added; nil leaves it to the data set.
    public init(site: String, pipeline: ItemPipeline, everySite: Bool = false, keepsStored: Bool? = nil) {
        self.site = site
        self.pipeline = pipeline
        self.everySite = everySite
        self.keepsStored = keepsStored
    }

    /// Makes the entries of one record.
    ///
    /// - Throws: ``ImportReject`` when a field that an entry needs is missing or wrong.
    public func entries(_ record: ImportRecord) throws(ImportReject) -> [Item] {
        if let stored = StoredDocument.fields(of: record, type: .entry) {
            return [try item(stored, extent: .whole, of: record)]
        }
        if let offline = OfflineDatabaseRecord(record) {
            var items: [Item] = []
            for fields in try offline.entries(everySite: everySite) {
                items.append(try item(fields, extent: Self.extent(fields, keeps: keepsStored ?? true), of: record))
            }
            return items
        }
        if let mistake = Mistaken.record(record, wanted: .entry) { throw record.reject(mistake) }
        let fields = try EntryColumns(site: site).fields(of: record)
        var extent = Self.extent(fields.known, keeps: keepsStored ?? false)
        extent = ItemExtent(leaves: extent.leaves, fills: extent.fills.union(fields.guessed))
        return [try item(fields.known, extent: extent, of: record)]
    }

    private func item(
        _ fields: JSONObject, extent: ItemExtent, of record: ImportRecord
    ) throws(ImportReject) -> Item {
        switch pipeline.process(fields, type: .entry, extent: extent) {
        case .item(var item):
            // What the data set does not have, it says nothing of.
            let blank = item.fields.filter { $0.value == .null || $0.value == .array([]) }.map(\.key)
            if extent != .whole {
                item.extent = ItemExtent(leaves: extent.leaves.union(blank), fills: extent.fills)
            }
            return item
        case .drop(let drop): throw record.reject("\(drop.reason.rawValue): \(drop.detail)")
        }
    }

    private static func extent(_ fields: JSONObject, keeps: Bool) -> ItemExtent {
        // A place that every import has, so that it is never taken for all of a document.
        ItemExtent(leaves: ["title_english"], fills: keeps ? Set(fields.keys) : [])
    }
}

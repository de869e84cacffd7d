import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

/// Reads texts as imports read files.
struct ImportRig {
    let pipeline: ItemPipeline

    init() throws { pipeline = ItemPipeline(schemas: try SpiderFixtures.schemas()) }

    /// The records of a text, read in pieces.
    func records(_ text: String, _ format: ImportFormat? = nil, piece: Int = 7) -> [ImportRecordReader.Outcome] {
        let bytes = Array(text.utf8)
        var reader = ImportRecordReader(format ?? ImportFormat(head: bytes) ?? .csv)
        var outcomes: [ImportRecordReader.Outcome] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            outcomes += reader.read(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        return outcomes + reader.finish()
    }

    /// The entries of a text; fails where a record is none.
    func entries(_ text: String, everySite: Bool = false, keepsStored: Bool? = nil) throws -> [Item] {
        let entries = EntryImport(
            site: "myanimelist", pipeline: pipeline, everySite: everySite, keepsStored: keepsStored)
        return try records(text).flatMap { try entries.entries($0.get()) }
    }

    /// Why the records of a text are no entries.
    func rejects(_ text: String) -> [ImportReject] {
        let entries = EntryImport(site: "myanimelist", pipeline: pipeline)
        return records(text).compactMap { outcome in
            do {
                _ = try entries.entries(outcome.get())
                return nil
            } catch { return error as? ImportReject }
        }
    }
}

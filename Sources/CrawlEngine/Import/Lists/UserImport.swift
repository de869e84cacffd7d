public import CrawlDomain
import WebStandards

/// Makes people with their lists of our own export; names stand there as they are stored, hashed or not, and stay so.
public struct UserImport: Sendable {
    private let pipeline: ItemPipeline

    /// Makes an import.
    public init(pipeline: ItemPipeline) {
        self.pipeline = pipeline
    }

    /// Makes a person of one record.
    public func user(_ record: ImportRecord) throws(ImportReject) -> Item {
        guard let stored = StoredDocument.fields(of: record, type: .user) else {
            throw record.reject(
                Mistaken.record(record, wanted: .user)
                    ?? "expected a document of 'users' as export writes it: _id, site, name, list")
        }
        switch pipeline.process(stored, type: .user) {
        case .item(let item): return item
        case .drop(let drop): throw record.reject("\(drop.reason.rawValue): \(drop.detail)")
        }
    }
}

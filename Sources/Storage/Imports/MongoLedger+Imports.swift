public import CrawlDomain
import Foundation
import MongoDriver

extension MongoLedger {
    /// Stores items of an imported file, and how far the file has come, in one transaction.
    ///
    /// - Parameter position: How many of the file's records are dealt with by these items and all before.
    public func store(
        _ items: [Item], cause: ChangeCause, of file: ImportedFile, upTo position: Int
    ) async throws -> CommitSummary {
        try await store(items, cause: cause) { session, summary throws(StorageError) in
            try await StorageError.wrapping { () throws(MongoError) in
                try await database.imports.advance(file, to: position, summary, at: Date(), session: session)
            }
        }
    }
}

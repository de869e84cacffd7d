public import CrawlDomain
import Foundation
import MongoDriver

extension MongoLedger {
    /// Stores items of an imported file, deletes what it says is gone, and notes how far the file has come, in one transaction.
    ///
    /// - Parameters:
    ///   - deletions: Documents to delete; none of the items'.
    ///   - position: How many of the file's records are dealt with by these and all before.
    public func store(
        _ items: [Item], deleting deletions: [ItemIdentity] = [], cause: ChangeCause, of file: ImportedFile,
        upTo position: Int
    ) async throws -> CommitSummary {
        try await store(items, deleting: deletions, cause: cause) { session, summary throws(StorageError) in
            try await StorageError.wrapping { () throws(MongoError) in
                try await database.imports.advance(file, to: position, summary, at: Date(), session: session)
            }
        }
    }
}

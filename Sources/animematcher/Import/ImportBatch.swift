import CrawlDomain
import MongoDriver
import Storage

/// What is stored in one transaction, with how far the file has come by them.
struct ImportBatch: Sendable {
    /// What became of it.
    enum Outcome: Sendable {
        case stored(CommitSummary)
        /// It had been stored when that seemed lost; what the file has come to in all.
        case hadBeen(ImportProgress)
    }

    let rows: ImportRows
    /// Nil where it cannot be known whether it is the same next time.
    let file: ImportedFile?
    let position: Int
    let cause: ChangeCause
    let database: AnimeDatabase

    /// How long an import waits between two attempts.
    ///
    /// In all longer than a minute: for so long the server keeps the transaction of a program that was killed, which holds the counter
    /// that every change takes its number from.
    private static let pauses: [Duration] = [0.2, 1, 3, 5, 10, 15, 15, 15, 15, 15].map { .seconds($0) }
    /// The same where there is no server to be reached.
    private static let patienceWithoutServer = 4

    /// Stores it, also when MongoDB is away for a moment: it changes its primary, or is too busy.
    func store() async throws -> Outcome {
        guard let file else {
            return .stored(try await database.ledger.store(rows.items, deleting: rows.deletions, cause: cause))
        }
        for (attempt, pause) in Self.pauses.enumerated() {
            do {
                return .stored(
                    try await database.ledger.store(
                        rows.items, deleting: rows.deletions, cause: cause, of: file, upTo: position))
            } catch  where AnimeDatabase.isOutage(error) {
                let isServerThere = ((error as? StorageError)?.mongoError ?? error as? MongoError)?.code != .unreachable
                guard isServerThere || attempt < Self.patienceWithoutServer else { throw error }
                try await Task.sleep(for: pause)
            }
            // The answer may be what was lost.
            let known = try? await database.imports.progress(of: file)
            if let known, known.position >= position { return .hadBeen(known) }
        }
        return .stored(
            try await database.ledger.store(
                rows.items, deleting: rows.deletions, cause: cause, of: file, upTo: position))
    }
}

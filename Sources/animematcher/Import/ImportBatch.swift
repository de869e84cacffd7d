import CrawlDomain
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
    private static let pauses: [Duration] = [.milliseconds(200), .seconds(1), .seconds(3), .seconds(5)]

    /// Stores it, also when MongoDB is away for a moment: it changes its primary, or is too busy.
    func store() async throws -> Outcome {
        guard let file else {
            return .stored(try await database.ledger.store(rows.items, deleting: rows.deletions, cause: cause))
        }
        for pause in Self.pauses {
            do {
                return .stored(
                    try await database.ledger.store(
                        rows.items, deleting: rows.deletions, cause: cause, of: file, upTo: position))
            } catch  where AnimeDatabase.isOutage(error) {
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

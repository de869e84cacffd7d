import CrawlDomain
import Storage

/// Stores the items of one import batch by batch: while one is stored the next is made.
final class ImportSink {
    /// Drops that are kept to be shown.
    private static let keptDrops = 100

    private let database: AnimeDatabase?
    private let file: ImportedFile?
    private let cause: ChangeCause
    private var inFlight: Task<ImportBatch.Outcome, any Error>?

    /// How far the file has come, with what programs before this one did.
    private(set) var progress: ImportProgress
    private(set) var drops: [Drop] = []
    /// Documents this program has deleted.
    private(set) var deleted = 0
    /// Items that could be made, and documents to delete, in a dry run.
    private(set) var valid = 0

    /// - Parameters:
    ///   - database: Nil for a dry run.
    ///   - file: Nil where it cannot be known whether it is the same next time.
    init(database: AnimeDatabase?, file: ImportedFile?, cause: ChangeCause, progress: ImportProgress) {
        self.database = database
        self.file = file
        self.cause = cause
        self.progress = progress
    }

    /// Whether everything up to a position was stored by a program before this one.
    func isStored(upTo position: Int) -> Bool { position <= progress.position }

    /// Stores what records come to, once what is before is stored.
    ///
    /// - Parameter position: How many of the file's records are dealt with by these and all before.
    func store(_ rows: ImportRows, upTo position: Int) async throws {
        guard let database else {
            valid += rows.count
            return
        }
        guard !isStored(upTo: position) else { return }
        try await settle()
        let batch = ImportBatch(rows: rows, file: file, position: position, cause: cause, database: database)
        inFlight = Task { try await batch.store() }
    }

    /// Waits until everything is stored.
    func settle() async throws {
        guard let task = inFlight else { return }
        inFlight = nil
        let summary: CommitSummary
        switch try await task.value {
        case .stored(let result): summary = result
        case .hadBeen(let known):
            let finished = progress.finishedAt
            progress = known
            progress.finishedAt = finished
            return
        }
        progress.inserted += summary.inserted
        progress.updated += summary.updated
        deleted += summary.deleted
        progress.unchanged += summary.unchanged
        progress.refused += summary.drops.count
        drops += summary.drops.prefix(max(0, Self.keptDrops - drops.count))
    }
}

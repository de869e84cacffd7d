import MongoDriver

/// Wakes a consumer when changes are written.
///
/// It only wakes: what to take in is read from the log by number, so a lost event loses nothing. When the stream's history is gone from
/// the oplog it is opened anew, after which the log itself tells what was missed.
public struct ChangeWaker: ~Copyable {
    private let database: AnimeDatabase
    private var stream: ChangeStream

    init(_ database: AnimeDatabase) async throws(MongoError) {
        self.database = database
        stream = try await database.collection(.changes).watch()
    }

    deinit { stream.close() }

    /// Returns when changes were written since the last call, or after a second or so without any.
    public mutating func wait() async throws {
        do throws(MongoError) {
            if try await stream.nextBatch() != nil { return }
        } catch {
            guard error.code == .changeStreamHistoryLost else { throw error }
        }
        stream.close()
        stream = try await database.collection(.changes).watch()
    }
}

public import MongoDriver

/// How far a consumer of the change log has come; written after the effect, so that a death in between repeats it and never skips it.
public struct ConsumerPosition: Sendable {
    let database: AnimeDatabase
    let consumer: String

    /// The number of the last change it has taken in; 0 at the beginning.
    public func read() async throws(MongoError) -> Int {
        try await database.collection(.consumers).findOne(["_id": .string(consumer)])?["change"]?.intValue ?? 0
    }

    /// Takes the consumer's turn, waiting while somebody else has it.
    ///
    /// - Throws: also when the task is cancelled meanwhile.
    public func takeTurn() async throws -> ConsumerTurn {
        while true {
            if let turn = try await ConsumerTurn.take(consumer, database: database) { return turn }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Takes note of a change taken in; an older number changes nothing.
    public func write(_ change: Int) async throws(MongoError) {
        try await database.collection(.consumers).updateOne(
            ["_id": .string(consumer)], ["$max": ["change": .int64(Int64(change))]], .upsert)
    }
}

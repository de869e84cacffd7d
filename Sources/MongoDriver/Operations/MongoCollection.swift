/// A collection of a database; a value that names it, nothing is sent until an operation is called.
public struct MongoCollection: Sendable {
    let core: ClientCore
    let namespace: Namespace

    /// The collection's name.
    public var name: String { namespace.collection }

    /// The name of its database.
    public var databaseName: String { namespace.database }

    /// Runs a command that names this collection, with its time limit set.
    func run(
        _ command: BSONDocument, kind: CommandKind, timeLimit: Duration?, session: MongoSession?
    ) async throws(MongoError) -> BSONDocument {
        var command = command
        command.setTimeLimit(timeLimit, default: core.options.operationTimeLimit)
        return try await core.run(command, on: namespace.database, kind: kind, session: session)
    }
}

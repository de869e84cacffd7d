import Foundation
import MongoDriver
import Testing

/// The server that integration tests use.
enum TestServer {
    static let uri = ProcessInfo.processInfo.environment["MONGODB_URI"]

    /// Whether to run: there is a server, or this is CI, where a silent skip would lie.
    static let isPresent = uri != nil || ProcessInfo.processInfo.environment["CI"] != nil

    static let hint: Comment =
        "NO DATABASE TESTS: MONGODB_URI is not set; run them with Scripts/mongod run -- swift test"

    /// Runs a body with a database of its own, which is dropped afterwards.
    static func withDatabase<Value>(
        _ options: MongoClientOptions = .init(), _ body: (MongoClient, MongoDatabase) async throws -> Value
    ) async throws -> Value {
        let client = try MongoClient(uri: try #require(uri, hint), options: options)
        let database = client.database("driver_test_\(ObjectID().hex)")
        do {
            let value = try await body(client, database)
            try await database.drop()
            await client.close()
            return value
        } catch {
            try? await database.drop()
            await client.close()
            throw error
        }
    }
}

public import Foundation
public import MongoDriver
public import Storage
public import Testing

/// A database of its own for one test, on the server that `MONGODB_URI` names; dropped when the test ends.
public struct TemporaryDatabase: Sendable {
    public let uri: String
    public let name: String
    public let client: MongoClient
    public let database: AnimeDatabase

    /// Whether tests that need a server should run: one is named, or this is CI, where a silent skip would lie.
    public static var isAvailable: Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment["MONGODB_URI"] != nil || environment["CI"] != nil
    }

    /// Said when a suite is skipped.
    public static let hint: Testing.Comment = "no MongoDB: run the tests with Scripts/test, or set MONGODB_URI"

    /// The folder of the schemas.
    public static var schemas: URL { Program.project.appendingPathComponent("schemas") }

    /// Runs `body` with an empty, prepared database and drops it afterwards, whatever happens.
    ///
    /// - Parameter uri: Another server than the one that `MONGODB_URI` names.
    public static func with<Value>(
        uri: String? = nil, _ body: (TemporaryDatabase) async throws -> Value
    ) async throws -> Value {
        try await DatabaseSlots.shared.with {
            let uri =
                uri ?? ProcessInfo.processInfo.environment["MONGODB_URI"] ?? "mongodb://127.0.0.1:27017/?replicaSet=rs0"
            let name = "test_\(UUID().uuidString.prefix(13).lowercased().replacingOccurrences(of: "-", with: "_"))"
            let client = try MongoClient(uri: uri)
            let temporary = TemporaryDatabase(
                uri: uri, name: name, client: client, database: AnimeDatabase(client: client, name: name))
            do {
                try await temporary.database.prepare(SchemaSet(folder: schemas))
                let value = try await body(temporary)
                try await temporary.drop()
                return value
            } catch {
                try? await temporary.drop()
                throw error
            }
        }
    }

    private func drop() async throws {
        try await client.database(name).drop()
        await client.close()
    }
}

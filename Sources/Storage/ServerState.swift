import Foundation
import MongoDriver

/// How the MongoDB server is, beside what it holds.
public struct ServerState: Sendable {
    /// "6.0.5".
    public let version: String
    /// The replica set's name; nil for a server that is in none.
    public let replicaSet: String?
    /// Whether it is a sharded cluster's router.
    public let isRouter: Bool
    /// Its clock minus this machine's, in seconds; as good as the answer was quick.
    public let clockOffset: Double
    /// Bytes free and in all on the disk that it stores on; nil where it does not say.
    public let disk: (free: Int, all: Int)?

    /// Whether transactions and change streams work.
    public var hasTransactions: Bool { replicaSet != nil || isRouter }

    /// The first number of the version.
    public var major: Int { version.split(separator: ".").first.flatMap { Int($0) } ?? 0 }
}

extension AnimeDatabase {
    /// Asks the server about itself.
    public func serverState() async throws -> ServerState {
        let build = try await database.runCommand(["buildInfo": 1])
        let begin = Date()
        let hello = try await database.runCommand(["hello": 1])
        let middle = Date(timeInterval: Date().timeIntervalSince(begin) / 2, since: begin)
        // A user may lack the right to ask.
        let sizes = try? await database.runCommand(["dbStats": 1])
        var disk: (Int, Int)?
        if let all = sizes?["fsTotalSize"]?.doubleValue, let used = sizes?["fsUsedSize"]?.doubleValue, all > 0 {
            disk = (Int(all - used), Int(all))
        }
        return ServerState(
            version: build["version"]?.stringValue ?? "", replicaSet: hello["setName"]?.stringValue,
            isRouter: hello["msg"]?.stringValue == "isdbgrid",
            clockOffset: hello["localTime"]?.dateValue?.timeIntervalSince(middle) ?? 0, disk: disk)
    }
}

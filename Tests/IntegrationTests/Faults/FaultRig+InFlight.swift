import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport

extension FaultRig {
    /// How to go on: from the start pages as long as there is no frontier.
    func continuation() async throws -> [String] {
        try await temporary.database.frontier.counts(site: "spread").isEmpty ? [] : ["--resume"]
    }

    /// URLs that are handed out to some worker, dead or alive.
    func leased() async throws -> Set<String> {
        let frontier = temporary.client.database(temporary.name).collection("frontier")
        let rows = try await frontier.find(["state": "leased"], FindOptions(projection: ["url": 1])).all()
        return Set(rows.compactMap { $0["url"]?.stringValue })
    }

    /// Pages that were asked for in this part of the log and whose visit was not stored: what a death may ask for again.
    func inFlight(_ log: some Sequence<AccessLogEntry>) async throws -> Int {
        try await leased().intersection(log.map { "http://\($0.host)\($0.path)" }).count
    }

    /// Hosts that somebody holds.
    func heldHosts() async throws -> [String] {
        let hosts = temporary.client.database(temporary.name).collection("hosts")
        return try await hosts.find(["owner": ["$ne": .null]]).all().compactMap { $0["_id"]?.stringValue }
    }
}

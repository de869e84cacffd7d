import Foundation
import MongoDriver

/// Bulk writes as the ledger does them, of documents that are values in memory: encoding and sending are what is measured.
struct BulkBenchmark {
    let uri: String
    let count: Int
    let batch: Int
    let file: String

    func run() async throws {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let samples = try lines.map { try BSONDocument(extendedJSON: String($0)) }
        let client = try MongoClient(uri: uri)
        let database = client.database("driver_benchmark")
        let process = try await server(client)
        for kind in ["insert", "replace"] {
            try await database.drop()
            let things = database.collection("things")
            let before = (ProcessCost.now, Self.cpuSeconds(of: process))
            for start in stride(from: 0, to: count, by: batch) {
                let models = (start..<min(start + batch, count)).map { number -> WriteModel in
                    var document = samples[number % samples.count]
                    document["_id"] = .int64(Int64(number))
                    return kind == "insert"
                        ? .insertOne(document) : .replaceOne(["_id": .int64(Int64(number))], document, .upsert)
                }
                try await things.bulkWrite(models, ordered: false).throwIfAnyRowFailed()
            }
            let after = (ProcessCost.now, Self.cpuSeconds(of: process))
            let client = after.0.cpu - before.0.cpu
            let wall = before.0.wall.duration(to: after.0.wall)
            let seconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
            print(
                "{\"benchmark\": \"driver \(kind)\", \"who\": \"ours\", \"unit\": \"documents\", "
                    + "\"per_cpu_second\": \(Int(Double(count) / client)), \"result\": \(count), "
                    + "\"peak_mib\": \(ProcessCost.residentKiB / 1_024), \"server_cpu\": \(after.1 - before.1), "
                    + "\"seconds\": \(seconds)}")
        }
        try await database.drop()
        await client.close()
    }

    private func server(_ client: MongoClient) async throws -> Int {
        try await client.database("admin").runCommand(["serverStatus": 1])["pid"]?.intValue ?? 0
    }

    /// User and system time of a process on this machine.
    private static func cpuSeconds(of process: Int) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[end...].split(separator: " ")
        return (fields.dropFirst(12).prefix(2).compactMap { Double($0) }.reduce(0, +)) / 100
    }
}

import CrawlDomain
import Foundation
import Indexing
import MongoDriver
import Storage
import WebStandards

extension ScaleBenchmark {
    /// Measures the index of a database that was filled: a build, what changed lists cost, answers, and the comparison with a rebuild.
    func measureIndex() async throws {
        try await database.prepare(SchemaSet(folder: schemas))
        let indexer = Indexer(database: database)
        try await measured("index_build", lists: catalogue.users) { _ = try await indexer.build() }
        // The first update is by a program that has just been started.
        let follower = Indexer(database: database)
        for count in [1, 1, 1, 10, 100, 100, 1_000] {
            try await change(count)
            try await measured("index_update", lists: count) { _ = try await follower.update() }
        }
        try await answers()
        var different: [String] = []
        try await measured("index_verify", lists: catalogue.users) { different = try await follower.verify().different }
        emit(["benchmark": "scale", "figure": "index_equal", "equal": .bool(different.isEmpty)])
        _ = try await client.database("admin").runCommand(["fsync": 1])
        let stats = try await raw.runCommand(["collStats": "index_chunks"])
        emit([
            "benchmark": "scale", "figure": "index_size", "bytes": .int(Int64(stats["size"]?.intValue ?? 0)),
            "storage_bytes": .int(Int64(stats["storageSize"]?.intValue ?? 0)),
        ])
    }

    /// Gives people one other score each, through the ledger.
    private func change(_ count: Int) async throws {
        var numbers = Numbers(seed: UInt64(Date().timeIntervalSince1970 * 1_000))
        var items: [String: Item] = [:]
        while items.count < min(count, catalogue.users) {
            let number = numbers.below(catalogue.users)
            var fields = catalogue.user(number).jsonObject
            var list = fields["list"]?.arrayValue ?? []
            let place = numbers.below(list.count)
            guard var row = list[place].objectValue else { continue }
            row["score"] = .int(1 + ((row["score"]?.intValue ?? 0) + Int64(numbers.below(8))) % 10)
            list[place] = .object(row)
            fields["list"] = .array(list)
            let key = fields["_id"]?.stringValue ?? ""
            items[key] = Item(type: .user, key: key, fields: fields)
        }
        try await store(items.sorted { $0.key < $1.key }.map(\.value))
    }

    /// From a list's change to what is recommended by it, with the version loaded as a server has it.
    private func answers() async throws {
        let start = ContinuousClock.now
        let index = try await AnimeIndex.load(from: database)
        emit([
            "benchmark": "scale", "figure": "index_load", "seconds": .double(start.duration(to: .now) / .seconds(1)),
            "peak_mib": .int(Int64(Self.peakMemory)),
        ])
        var times: [Double] = []
        for number in 0..<min(300, catalogue.users) {
            let key = catalogue.user(number)["_id"]?.stringValue ?? ""
            let start = ContinuousClock.now
            guard let user = try await database.users.user(key) else { continue }
            _ = index.recommend(to: user)
            times.append(start.duration(to: .now) / .milliseconds(1))
        }
        times.sort()
        emit([
            "benchmark": "scale", "figure": "read_list_and_recommend", "median_ms": .double(times[times.count / 2]),
            "p99_ms": .double(times[times.count * 99 / 100]),
        ])
    }

    private func measured(_ figure: String, lists: Int, _ work: () async throws -> Void) async throws {
        let (start, cpu) = (ContinuousClock.now, clock())
        try await work()
        emit([
            "benchmark": "scale", "figure": .string(figure), "lists": .int(Int64(lists)),
            "seconds": .double(start.duration(to: .now) / .seconds(1)),
            "client_cpu_seconds": .double(Double(clock() - cpu) / Double(CLOCKS_PER_SEC)),
            "peak_mib": .int(Int64(Self.peakMemory)),
        ])
    }

    /// The most memory this process had, in MiB.
    private static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1_024
    }
}

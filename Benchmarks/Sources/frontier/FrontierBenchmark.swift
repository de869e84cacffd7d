import CrawlDomain
import Foundation
import MongoDriver
import Storage
import WebStandards

/// What the frontier costs on a real MongoDB as it grows: adding, leasing, committing, finding the next host.
///
/// Wall time, since most of it is spent in the server; the client's CPU time beside it.
struct FrontierBenchmark {
    let uri: String
    let schemas: URL
    /// Hosts that the URLs are spread over.
    let hosts: Int

    private static let site = "bench"
    private static let batch = 1_000
    /// URLs that are added by the frontier itself; what goes beyond is copied from these within the server.
    private static let added = 1_000_000
    /// Leases that are measured.
    private static let leases = 200

    /// Fills a frontier with `count` URLs and measures it; one JSON line.
    func run(_ count: Int) async throws -> JSONValue {
        let client = try MongoClient(uri: uri)
        let name = "bench_frontier_\(count)"
        let database = AnimeDatabase(client: client, name: name)
        try await client.database(name).drop()
        try await database.prepare(SchemaSet(folder: schemas))
        let own = min(count, Self.added)
        let added = try await timed(own) { try await add(0..<own, to: database) }
        try await copy(own, upTo: count, in: client.database(name))
        let more = try await timed(10 * Self.batch) {
            try await add(count..<count + 10 * Self.batch, to: database)
        }
        let known = try await timed(10 * Self.batch) {
            for round in 0..<10 {
                _ = try await database.frontier.add((0..<Self.batch).map { $0 + round }.compactMap(url))
            }
        }
        // What the server still has to write of all that would be measured with what follows.
        _ = try await client.database("admin").runCommand(["fsync": 1])
        let finding = try await timed(Self.leases) {
            for _ in 0..<Self.leases { _ = try await database.frontier.nextDue(site: Self.site) }
        }
        var visited = 0
        var times: [String: Duration] = [:]
        let leasing = try await timed(Self.leases) {
            for number in 0..<Self.leases { visited += try await work(on: database, number, &times) }
        }
        let size = try await client.database(name).runCommand(["collStats": "frontier"])
        let stored = Int64(max(1, size["count"]?.intValue ?? 0))
        try await client.database(name).drop()
        await client.close()
        var result: JSONObject = [
            "benchmark": "frontier", "urls": .int(Int64(count)), "hosts": .int(Int64(hosts)),
            "add_per_second": .double(added.rate), "add_to_full_per_second": .double(more.rate),
            "add_known_per_second": .double(known.rate),
            "next_host_ms": .double(finding.milliseconds),
            "urls_visited": .int(Int64(visited)), "states_per_second": .double(Double(visited) / leasing.seconds),
            "client_cpu_us_per_added_url": .double(added.cpu / Double(own) * 1e6),
            "bytes_per_url": .int(Int64(size["size"]?.intValue ?? 0) / stored),
            "stored_bytes_per_url": .int(
                Int64((size["storageSize"]?.intValue ?? 0) + (size["totalIndexSize"]?.intValue ?? 0)) / stored),
            "client_peak_mib": .int(Int64(Self.peakMemory)),
        ]
        for (step, time) in times.sorted(by: { $0.key < $1.key }) {
            result[step] = .double(time / .milliseconds(1) / Double(Self.leases))
        }
        return .object(result)
    }

    private func add(_ numbers: Range<Int>, to database: AnimeDatabase) async throws {
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: Self.batch) {
            _ = try await database.frontier.add((start..<min(start + Self.batch, numbers.upperBound)).compactMap(url))
        }
    }

    /// Multiplies what is there, under other keys of the same length.
    private func copy(_ own: Int, upTo count: Int, in database: MongoDatabase) async throws {
        for round in stride(from: 1, to: count / own, by: 1) {
            // No fingerprint begins with one of these letters.
            let letter = String(UnicodeScalar(UInt8(ascii: "f") + UInt8(min(round, 20))))
            let key: BSONValue = ["$concat": [.string(letter), ["$substrCP": ["$_id", 1, 31]]]]
            // In sixteen parts, so that none takes longer than the driver waits for an answer.
            for digit in "0123456789abcdef" {
                let from = BSONValue.string("\(digit)")
                _ = try await database.collection("frontier").aggregate([
                    ["$match": ["_id": ["$gte": from, "$lt": .string("\(digit)g")]]], ["$set": ["_id": key]],
                    ["$merge": ["into": "frontier", "whenMatched": "fail", "whenNotMatched": "insert"]],
                ]).all()
            }
        }
    }

    /// What a worker does with a host: takes it, takes fifty of its URLs, commits them, gives it back.
    private func work(on database: AnimeDatabase, _ number: Int, _ times: inout [String: Duration]) async throws -> Int
    {
        var last = ContinuousClock.now
        func note(_ step: String) {
            times[step, default: .zero] += last.duration(to: .now)
            last = .now
        }
        guard let lease = try await database.frontier.leaseHost(site: Self.site, owner: "bench", seconds: 60) else {
            return 0
        }
        note("take_host_ms")
        let urls = try await database.frontier.lease(50, of: lease)
        note("lease_50_ms")
        let visits = urls.map {
            VisitOutcome(
                visited: $0, disposition: .done(revisit: Date().addingTimeInterval(86_400)), status: 200)
        }
        _ = try await database.ledger.commit(
            visits, under: lease, wait: .zero, cause: ChangeCause(.crawl, id: "bench"), id: "\(number)")
        note("commit_50_ms")
        try await database.frontier.release(lease, memory: HostMemory())
        note("give_back_ms")
        return urls.count
    }

    private func url(_ number: Int) -> FrontierURL? {
        guard let url = WebURL("https://h\(number % hosts).example.org/anime/\(number)/A_Title_of_Some_Length") else {
            return nil
        }
        return FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: Self.site, page: "anime", priority: number % 7,
            depth: 3, via: "https://h0.example.org/topanime.php?limit=\(number / 50 * 50)")
    }

    /// The most memory this process had so far, in MiB.
    private static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1_024
    }

    private struct Time {
        let operations: Int
        let seconds: Double
        let cpu: Double

        var rate: Double { Double(operations) / seconds }
        var milliseconds: Double { seconds / Double(operations) * 1e3 }
    }

    private func timed(_ operations: Int, _ work: () async throws -> Void) async throws -> Time {
        let (start, cpu) = (ContinuousClock.now, clock())
        try await work()
        return Time(
            operations: operations, seconds: start.duration(to: .now) / .seconds(1),
            cpu: Double(clock() - cpu) / Double(CLOCKS_PER_SEC))
    }
}

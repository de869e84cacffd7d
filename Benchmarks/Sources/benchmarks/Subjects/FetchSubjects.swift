import Fetching
import Foundation
import WebStandards

/// A page over HTTP from this machine, compressed by gzip → its bytes.
enum FetchSubjects {
    /// Requests under way at once; the peers have as many.
    private static let concurrency = 32

    static func all(_ workload: Workload) throws -> [Subject] {
        let urls = try workload.lines("fetch-urls.txt").compactMap { WebURL($0) }
        let fetcher = try Fetcher(configuration: FetcherConfiguration(userAgent: "benchmarks/1"))
        return [
            Subject("fetch+gunzip", unit: "pages") {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    var (waiting, round) = (urls.makeIterator(), Subject.Round(operations: urls.count))
                    func start() {
                        guard let url = waiting.next() else { return }
                        group.addTask {
                            try await fetcher.fetch(FetchRequest(url: url, allowedAddresses: .loopback)).body.count
                        }
                    }
                    for _ in 0..<concurrency { start() }
                    while let count = try await group.next() {
                        round.result += count
                        start()
                    }
                    return round
                }
            }
        ]
    }
}

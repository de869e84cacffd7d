import Fetching
import Foundation
import WebStandards

/// Fetches URLs and says what came of each, and what the process holds afterwards.
///
/// Arguments: options as `name=value`, then URLs. One line each: `URL status bytes` or `URL error code`; `resident-after-warm-up N` and
/// `resident-at-end N` (KiB), `items N` where a spider reads; then `memory N`
/// (KiB that the resident set rose by at its highest), `seconds N`, and after the shutdown `threads N M`
/// (those that came with the fetcher, its own and Swift's, and those of them that are left) and `sockets N`.
@main
struct FetchProbe {
    static func main() async throws {
        let options = try ProbeOptions(CommandLine.arguments.dropFirst())
        var configuration = FetcherConfiguration(userAgent: "fetch-probe/1")
        configuration.maximumTransfers = options.transfers
        configuration.certificateAuthorities = options.certificateAuthorities
        let inherited = ProcessState.sockets
        let others = ProcessState.threads
        let fetcher = try Fetcher(configuration: configuration)
        let own = ProcessState.threads.subtracting(others)
        let before = ProcessState.residentKiB
        let start = ContinuousClock.now
        let reader = try options.spider.map { try PageReading(spider: $0) }
        for round in 1...options.rounds {
            await withTaskGroup(of: String.self) { group in
                for request in options.requests { group.addTask { await line(request, fetcher, reader) } }
                for await line in group where round == options.rounds { print(line) }
            }
            // A quarter of the way, all that is made once has been made.
            if round == (options.rounds + 3) / 4 { print("resident-after-warm-up \(ProcessState.residentKiB)") }
        }
        print("resident-at-end \(ProcessState.residentKiB)")
        if let reader { print("items \(reader.items)") }
        print("memory \(ProcessState.peakKiB - before)")
        print("seconds \(start.duration(to: .now) / .seconds(1))")
        await fetcher.shutdown()
        // The thread has done its last act, but the system may need a moment to bury it.
        for _ in 0..<1000 where own.isSubset(of: ProcessState.threads) {
            try await Task.sleep(for: .milliseconds(1))
        }
        print("threads \(own.count) \(own.intersection(ProcessState.threads).count)")
        print("sockets \(ProcessState.sockets - inherited)")
    }

    private static func line(_ request: FetchRequest, _ fetcher: Fetcher, _ reader: PageReading?) async -> String {
        do {
            let response = try await fetcher.fetch(request)
            reader?.read(response)
            return "\(request.url.href) \(response.status) \(response.body.count)"
        } catch {
            return "\(request.url.href) error \(error.code.rawValue)"
        }
    }
}

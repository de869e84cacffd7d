import ArgumentParser
import CrawlDomain
import Foundation
import Storage
import Terminal

/// Runs the crawl of a claimed fire and writes down what became of it.
struct FireRun {
    let database: AnimeDatabase
    let schedule: Schedule
    let lease: FireLease
    let leaseSeconds: Int
    /// Options that the crawl gets besides the schedule's.
    let options: [String]

    /// Runs it; throws what the crawl throws.
    func run() async throws {
        let keeper = FireKeeper(lease, store: database.fires, seconds: leaseSeconds)
        let run = CrawlCommand.newRunID(site: schedule.site)
        do {
            try await keeper.keep {
                let resumes = try await hasLeftSomething()
                guard try await database.fires.note(run: run, of: lease) else { throw lost }
                let arguments = schedule.crawlArguments(resumes: resumes) + ["--run-id", run] + options
                let crawl = try CrawlCommand.parse(arguments)
                try await crawl.run()
            }
        } catch {
            if keeper.isLost { throw lost }
            let reason = try? await database.runs.run(run)?.reason
            try await database.fires.finish(lease, .failed, reason: reason ?? CrawlCommand.message(for: error))
            throw error
        }
        if keeper.isLost { throw lost }
        let record = try await database.runs.run(run)
        if record?.state == .stopped, StopSignals.haveCome, lease.fire.kind == .timed { return await giveBack() }
        guard try await database.fires.finish(lease, .done, reason: record?.reason) else { throw lost }
    }

    /// Whether an earlier runner of this fire came so far that its crawl can be gone on with.
    private func hasLeftSomething() async throws -> Bool {
        guard let earlier = lease.fire.run, let run = try await database.runs.run(earlier) else { return false }
        // A run without a page may have ended before its start pages were due.
        return run.pages > 0
    }

    private func giveBack() async {
        Console.note("\(lease.fire.id) is due again")
        // When this fails the lease ends by itself.
        _ = try? await database.fires.giveBack(lease)
    }

    private var lost: Failure { Failure("the lease of \(lease.fire.id) was lost: somebody else runs it") }
}

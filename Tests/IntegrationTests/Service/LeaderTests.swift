import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

/// Two real processes that could both keep the index.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint), .timeLimit(.minutes(10)))
struct LeaderTests {
    private func start(_ rig: CrawlRig) async throws -> RunningProgram {
        try await RunningProgram(
            Program("animematcher-serve", environment: rig.environment), ["--roles", "index", "--lease", "2"])
    }

    /// Waits until a process leads in a role.
    private func leads(_ program: RunningProgram, _ rig: CrawlRig, _ role: String = "index") async throws {
        while program.isRunning,
            try await rig.database.leaders.leader(of: role)?.split(separator: ":").dropFirst().first
                != "\(program.id)"
        { try await Task.sleep(for: .milliseconds(20)) }
        try #require(program.isRunning, "\(program.errors)")
    }

    /// Waits until all changes are in the index.
    private func isFresh(_ rig: CrawlRig, _ program: RunningProgram) async throws {
        let newest = try await rig.database.changes.newest()
        while program.isRunning, try await rig.database.index.newest()?.change ?? 0 < newest {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func versions(_ program: RunningProgram) -> Set<Int> {
        Set(program.errors.matches(of: /index version published.*version=(\d+)/).compactMap { Int($0.1) })
    }

    @Test(
        "when the leader is killed another one takes over; when it is told to end, at once; no version is published by two"
    )
    func takeover() async throws {
        try await CrawlRig.with(anime: 4, users: 3) { rig in
            let first = try await start(rig)
            try await leads(first, rig)
            let second = try await start(rig)
            try await rig.crawl()
            try await isFresh(rig, first)
            #expect(versions(second).isEmpty)
            first.signal(SIGKILL)
            _ = await first.exit()
            try await leads(second, rig)
            try await leads(second, rig, "compaction")
            // A change that leaves the index to whoever leads.
            let ratings = FileManager.default.temporaryDirectory.appendingPathComponent("ratings-\(UUID()).csv")
            defer { try? FileManager.default.removeItem(at: ratings) }
            try Data("user,item,rating\n1,1,9\n1,4,7\n".utf8).write(to: ratings)
            let imported = try await rig.animematcher("import", "ratings", ratings.path, "--site", "demo")
            #expect(imported.status == 0, "\(imported.errors)")
            try await isFresh(rig, second)
            // It is there a little before it is told.
            while second.isRunning, versions(second).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            #expect(!versions(second).isEmpty, "\(second.errors)")
            let third = try await start(rig)
            while third.isRunning, !third.errors.contains("stands by") { try await Task.sleep(for: .milliseconds(20)) }
            second.signal(SIGTERM)
            #expect(await second.exit() == 0, "\(second.errors)")
            // Given back, and not run out.
            #expect(second.errors.contains("leads no longer") == false)
            try await leads(third, rig)
            third.signal(SIGTERM)
            #expect(await third.exit() == 0, "\(third.errors)")
            #expect(versions(first).isDisjoint(with: versions(second)))
        }
    }
}

import Foundation
import TestSupport
import Testing

/// A crawl under way in a process of its own.
struct RunningCrawl {
    private let running: RunningProgram

    /// Starts `animematcher` on a rig's database.
    init(_ rig: CrawlRig, _ arguments: [String], site: String = "demo") async throws {
        running = try await RunningProgram(rig.program, ["crawl", site, "--json"] + arguments)
    }

    var isRunning: Bool { running.isRunning }

    /// Ends it without giving it a chance.
    func kill() async {
        running.signal(SIGKILL)
        _ = await running.exit()
    }

    /// Waits for its end and returns its summary.
    func end() async throws -> [String: Any] {
        #expect(await running.exit() == 0, "\(running.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(running.output.utf8)) as? [String: Any])
    }
}

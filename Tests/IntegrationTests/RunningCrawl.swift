import Glibc
import Foundation
import TestSupport
import Testing

/// A crawl under way in a process of its own.
struct RunningCrawl {
    private let process: Process
    private let exit: AsyncStream<Int32>
    private let output: URL

    /// Starts `animematcher` on a rig's database.
    init(_ rig: CrawlRig, _ arguments: [String], site: String = "demo") throws {
        process = rig.program.makeProcess(["crawl", site, "--json"] + arguments)
        output = FileManager.default.temporaryDirectory.appendingPathComponent("crawl-\(UUID().uuidString)")
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = {
            continuation.yield($0.terminationStatus)
            continuation.finish()
        }
        exit = stream
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// Ends it without giving it a chance.
    func kill() async {
        Glibc.kill(process.processIdentifier, SIGKILL)
        for await _ in exit {}
    }

    /// Waits for its end and returns its summary.
    func end() async throws -> [String: Any] {
        for await status in exit { #expect(status == 0) }
        defer { try? FileManager.default.removeItem(at: output) }
        return try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: output)) as? [String: Any])
    }
}

import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct StartedProgramsTests {
    @Test(
        "a service with thousands of open descriptors starts a crawl, reads nothing behind a directory's end, and lives"
    )
    func manyDescriptors() async throws {
        let strict = try await PreloadedLibrary.environment("strict-directories")
        try await ServeRig.with(started: { $0.holding(descriptors: 2_200) }, more: strict) { rig in
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(rig.serve.id)/fd").count
            try #require(open > 2_200)
            let own = ["Authorization": "Bearer \(rig.token)"]
            guard let answer = try await rig.ask([("POST", "/api/v1/sites/demo/crawl", own, "")])?.first else { return }
            #expect(answer["status"] as? Int == 200, "\(answer)")
            try await eventually("the crawl ends") {
                !rig.serve.isRunning || rig.serve.errors.contains("program ended")
            }
            let said = rig.serve.errors
            #expect(rig.serve.isRunning, "\(said)")
            let line = said.split(separator: "\n").first { $0.contains("program ended") } ?? ""
            // Nobody serves the spider's own start page here: the crawl says so, and ends by itself.
            #expect(line.contains("status="), "\(said.suffix(3_000))")
        }
    }
}

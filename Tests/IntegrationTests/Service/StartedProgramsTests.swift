import Foundation
import TestSupport
import Testing
import WebStandards

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

    @Test("where the log is JSON, so is what a started crawl came to, and the log names the program")
    func machineReadable() async throws {
        try await ServeRig.with(anime: 3, users: 3, arguments: ["--log-format", "json"]) { rig in
            let own = ["Authorization": "Bearer \(rig.token)"]
            guard let answer = try await rig.ask([("POST", "/api/v1/sites/demo/crawl", own, "")])?.first else { return }
            #expect(answer["status"] as? Int == 200, "\(answer)")
            func objects(_ text: String) -> [JSONObject] {
                text.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)).objectValue }
            }
            try await eventually("the crawl ends") { rig.serve.errors.contains("program ended") }
            let ended = objects(rig.serve.errors).first { $0["message"] == .string("program ended") }
            #expect(ended?["program"] == .string("crawl demo"), "\(rig.serve.errors)")
            let printed = objects(rig.serve.output)
            #expect(printed.count == 1 && printed.first?["site"] == .string("demo"), "\(rig.serve.output)")
        }
    }
}

import Foundation
import TestSupport
import Testing

/// Every fuzz target for a bounded number of iterations, the same in every run; `Scripts/fuzz` runs them for long.
@Suite struct FuzzTests {
    /// Iterations that take a second or two in a debug build.
    private static let iterations = [
        "url": 2_000, "robots": 1_500, "robots-match": 10_000, "sitemap": 3_000, "css": 6_000, "xpath": 10_000,
        "html": 600, "html-equality": 2_000,
        "xml": 1_500, "encoding": 1_000, "json": 5_000, "json-path": 10_000, "pattern": 3_000, "pattern-match": 5_000,
        "http-date": 40_000, "import": 800, "retry-after": 30_000, "cron": 30_000, "warc": 3_000,
    ]

    private func folder() -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("findings-\(UUID().uuidString)")
    }

    @Test("a target finds nothing", arguments: iterations.keys.sorted())
    func target(name: String) async throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let iterations = try #require(Self.iterations[name])
        let result = try await Program("fuzz").run(
            ["run", name, "--iterations", String(iterations), "--findings", folder.path, "--patience", "60"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("\(name): \(iterations) iterations"), "\(result.output)")
    }

    @Test("every target is run here")
    func complete() async throws {
        let names = try await Program("fuzz").run(["list"]).lines
        #expect(Set(names) == Set(Self.iterations.keys).union(["self-test"]))
    }

    @Test(
        "the harness names the input of a violation, a crash and a hang, makes it smaller, and runs it again",
        arguments: ["violation", "crash", "hang"])
    func selfTest(kind: String) async throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = Program("fuzz", environment: ["FUZZ_SELF_TEST": kind])
        let result = try await program.run(
            ["run", "self-test", "--iterations", "20000", "--findings", folder.path, "--patience", "2"])
        #expect(result.status == 1)
        #expect(result.output.contains(kind == "hang" ? "took more than 2 seconds" : kind), "\(result.output)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        try #require(files.count == 3, "\(files)")
        let input = try String(contentsOf: folder.appendingPathComponent(files[0]), encoding: .utf8)
        let smaller = try String(contentsOf: folder.appendingPathComponent(files[1]), encoding: .utf8)
        #expect(input.contains("BUG"))
        if kind != "hang" { #expect(smaller == "BUG") }
        let again = try await Program("fuzz", environment: ["FUZZ_SELF_TEST": "violation"]).run(
            ["repeat", folder.appendingPathComponent(files[0]).path, "--target", "self-test"])
        #expect(again.status == 3)
        #expect(again.errors.contains("the input has BUG"))
    }
}

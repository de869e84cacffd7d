import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ImportResumeTests {
    private static let ratings =
        "user_id,anime_id,rating\n" + ImportSamples.ratings(people: 3_200, each: 10).joined(separator: "\n") + "\n"

    /// Imports a file while the program is killed at writes, again and again until one comes to its end.
    ///
    /// - Returns: How often it was killed, and whether one went on where another ended.
    private func importKilled(
        _ rig: ImportRig, _ kind: String, _ file: String, by plan: (Int) -> FaultPlan
    ) async throws -> (kills: Int, hasResumed: Bool) {
        let proxy = try FaultProxy(uri: rig.temporary.uri)
        defer { proxy.stop() }
        let program = rig.program(["MONGODB_URI": proxy.uri])
        var (kills, hasResumed) = (0, false)
        while kills < 60 {
            let killed = ProgramBox()
            proxy.set(plan(kills)) { killed.kill() }
            let running = try await RunningProgram(program, ["import", kind, file])
            killed.set(running)
            let status = await running.exit()
            hasResumed = hasResumed || running.errors.contains("going on behind")
            if status == 0 { return (kills, hasResumed) }
            #expect(status == SIGKILL, "\(running.errors)")
            kills += 1
        }
        return (kills, hasResumed)
    }

    @Test("ratings killed at any write, before and after the server has done it, end as if nothing had happened")
    func ratings() async throws {
        try await ImportRig.with { calm in
            _ = try await calm.run("ratings", try calm.file("ratings.csv", Self.ratings))
            let expected = try await CanonicalDump(of: calm.temporary)
            #expect(expected.sections["users"]?.count == 3_200)
            try await ImportRig.with { rig in
                let file = try rig.file("ratings.csv", Self.ratings)
                let (kills, hasResumed) = try await importKilled(rig, "ratings", file) { kills in
                    FaultPlan((kills % 2 == 0 ? .killBefore : .killAfter, at: .nth(4 + kills)))
                }
                #expect(kills >= 2)
                #expect(hasResumed)
                let dump = try await CanonicalDump(of: rig.temporary)
                #expect(dump.differences(from: expected).prefix(5).joined(separator: "\n") == "")
                #expect(dump.defects == [])
            }
        }
    }

    @Test("entries killed at any write end as if nothing had happened, and the totals count all programs' work")
    func entries() async throws {
        let lines = ImportSamples.entries(1_200) + "bad\n"
        try await ImportRig.with { calm in
            _ = try await calm.run("entries", try calm.file("entries.jsonl", lines))
            let expected = try await CanonicalDump(of: calm.temporary)
            try await ImportRig.with { rig in
                let file = try rig.file("entries.jsonl", lines)
                let (kills, hasResumed) = try await importKilled(rig, "entries", file) { kills in
                    FaultPlan((kills % 2 == 0 ? .killAfter : .killBefore, at: .nth(6 + 5 * kills)))
                }
                #expect(kills >= 2)
                #expect(hasResumed)
                let dump = try await CanonicalDump(of: rig.temporary)
                #expect(dump.differences(from: expected).prefix(5).joined(separator: "\n") == "")
                #expect(dump.defects == [])
                #expect(rig.text("entries.jsonl.rejected.jsonl")?.contains("\"row\":\"bad\"") == true)
            }
        }
    }

    @Test("MongoDB that goes away ends the import with how to go on; the same command goes on, --restart begins anew")
    func outage() async throws {
        try await ImportRig.with { rig in
            let proxy = try FaultProxy(uri: rig.temporary.uri)
            defer { proxy.stop() }
            let file = try rig.file("entries.jsonl", ImportSamples.entries(2_500))
            let program = rig.program(["MONGODB_URI": "\(proxy.uri)&serverSelectionTimeoutMS=500"])
            proxy.set(FaultPlan(delay: .milliseconds(100)))
            let lost = try await RunningProgram(program, ["import", "entries", file])
            while try await rig.position() == 0, lost.isRunning { try await Task.sleep(for: .milliseconds(20)) }
            try proxy.set(.refusing)
            #expect(await lost.exit() == 1)
            #expect(lost.errors.contains("The same command goes on where this one has ended"), "\(lost.errors)")
            try proxy.set(.open)
            proxy.set(FaultPlan())
            let resumed = try await program.run(["import", "entries", file])
            #expect(resumed.status == 0)
            #expect(resumed.errors.contains(/going on behind \d+ records/), "\(resumed.errors)")
            #expect(resumed.output.hasPrefix("entries: 2500 new, 0 changed, 0 unchanged, 0 left out"))
            let again = try await program.run(["import", "entries", file, "--restart"])
            #expect(again.output.hasPrefix("entries: 0 new, 0 changed, 2500 unchanged"))
        }
    }

    @Test("a MongoDB that is away for a moment is waited for, and every document counts once")
    func moment() async throws {
        try await ImportRig.with { rig in
            let proxy = try FaultProxy(uri: rig.temporary.uri)
            defer { proxy.stop() }
            let file = try rig.file("entries.jsonl", ImportSamples.entries(1_200))
            proxy.set(
                FaultPlan(
                    (.refuse(code: 11_600, name: "InterruptedAtShutdown", labels: []), at: .nth(9)),
                    (.cutAfter, at: .nth(13))))
            let result = try await rig.program(["MONGODB_URI": proxy.uri]).run(["import", "entries", file])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.hasPrefix("entries: 1200 new, 0 changed, 0 unchanged, 0 left out"))
            #expect(try await CanonicalDump(of: rig.temporary).defects == [])
        }
    }
}

/// The program that a proxy kills, once it runs.
private final class ProgramBox: @unchecked Sendable {
    // The lock protects the only field.
    private let lock = NSLock()
    private var program: RunningProgram?

    func set(_ program: RunningProgram) { lock.withLock { self.program = program } }
    func kill() { lock.withLock { program }?.signal(SIGKILL) }
}

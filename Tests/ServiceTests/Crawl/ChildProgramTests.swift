import Foundation
import Logging
import TestSupport
import Testing

@testable import Service

@Suite struct ChildProgramTests {
    private let shell = URL(fileURLWithPath: "/bin/sh")

    private func child(_ script: String, _ environment: [String: String] = [:]) -> ChildProgram {
        ChildProgram(shell, ["-c", script], environment: environment)
    }

    @Test(
        "it has the service's environment and what it is told, nothing to read, a group of its own, and no open file of the service's"
    )
    func surroundings() async throws {
        // The descriptor that ls itself reads the folder with is the fourth.
        let script = """
            test "$TOLD" = "a word" && test -n "$PATH" && ! read line && test "$(ls /proc/self/fd | wc -l)" -le 4 &&
            test "$(cut -d ' ' -f 5 /proc/$$/stat)" = $$
            """
        #expect(await child(script, ["TOLD": "a word"]).end().isSuccess)
    }

    @Test("its exit status and the signal it died of are told apart")
    func ends() async throws {
        let (failed, killed) = (await child("exit 9").end(), await child("kill -9 $$").end())
        #expect(!failed.isSuccess && failed.metadata == ["status": "9"])
        #expect(!killed.isSuccess && killed.metadata == ["signal": "9"])
    }

    @Test("what is not there cannot be started")
    func missing() async throws {
        let child = ChildProgram(URL(fileURLWithPath: "/nowhere/animematcher"), [], environment: [:])
        await #expect(throws: (any Error).self) { _ = try await child.start() }
        #expect(await child.end().isSuccess == false)
    }

    @Test("told to stop it ends in its own way")
    func stopped() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("ready-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let child = child(
            "trap 'exit 7' TERM; : >'\(file.path)'; while :; do sleep 0.05; done")
        let id = try await child.start()
        try await eventually("the program listens") { FileManager.default.fileExists(atPath: file.path) }
        child.stop()
        #expect(await child.end().metadata == ["status": "7"])
        #expect(kill(id, 0) == -1)
    }

    @Test("whoever gives up waiting for it does not stop it")
    func givenUp() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("done-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let child = child("sleep 0.3; : >'\(file.path)'")
        let (starting, waiting) = (Task { try await child.start() }, Task { await child.end().isSuccess })
        starting.cancel()
        waiting.cancel()
        #expect(try await starting.value > 0)
        #expect(await waiting.value)
        #expect(FileManager.default.fileExists(atPath: file.path))
    }

    @Test("it is started by a process that has thousands of descriptors, and gets none of them")
    func manyDescriptors() async throws {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        try #require(getrlimit(resource, &limit) == 0 && limit.rlim_max >= 4_096)
        limit.rlim_cur = max(limit.rlim_cur, 4_096)
        try #require(setrlimit(resource, &limit) == 0)
        // Inherited, if nobody closes them: they are not marked to be closed.
        let null = open("/dev/null", O_RDONLY)
        var opened = [null]
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < 2_200 { opened.append(dup(null)) }
        try #require(!opened.contains(-1))
        #expect(await child("test \"$(ls /proc/self/fd | wc -l)\" -le 4").end().isSuccess)
    }
}

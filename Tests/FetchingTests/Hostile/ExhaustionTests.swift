import Testing

/// Too few descriptors: fewer pages, later, but no crash, as the last ones are kept; and nothing is left behind.
@Suite("Exhaustion")
struct ExhaustionTests {
    @Test(
        "with 64 descriptors and 300 hosts some are answered, the others may be asked again, and the process ends well")
    func fewDescriptors() async throws {
        // No answer before many have asked: so the connections are open together.
        let server = try LoopbackServer { _ in [.answer("a")] }
        defer { server.stop() }
        let probe = try await Probe(["to=\(server.port)", "transfers=200", "hosts=300"], descriptors: 64)
        #expect(probe.status == 0)
        #expect(probe.outcomes.count == 300)
        #expect(probe.outcomes.contains("200"))
        #expect(Set(probe.outcomes).isSubset(of: ["200", "error resources", "error connect", "error resolve"]))
    }

    @Test("with enough descriptors all are answered, and a shutdown leaves no thread and no socket")
    func clean() async throws {
        let server = try LoopbackServer { _ in [.answer("a")] }
        defer { server.stop() }
        let probe = try await Probe(["to=\(server.port)", "transfers=64", "hosts=300"])
        #expect(probe.outcomes == Array(repeating: "200", count: 300))
        // Swift's threads that came with it stay.
        let threads = probe.numbers("threads")
        #expect(threads.count == 2 && threads.first == threads.last.map { $0 + 1 })
        #expect(probe.number("sockets") == 0)
    }
}

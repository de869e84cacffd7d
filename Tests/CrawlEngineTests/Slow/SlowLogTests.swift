import Logging
import Synchronization
import Testing

@testable import CrawlEngine

@Suite("What took long is told, but not without end")
struct SlowLogTests {
    /// Keeps lines.
    private final class Lines: Sendable {
        let all = Mutex<[Logger.Metadata]>([])

        var log: Logger { Logger(label: "slow") { _ in Handler(lines: self) } }

        struct Handler: LogHandler {
            let lines: Lines
            var metadata: Logger.Metadata = [:]
            var logLevel = Logger.Level.info

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) { lines.all.withLock { $0.append(event.metadata ?? [:]) } }
        }
    }

    @Test("what is not longer than the bound is not told, nor is anything without a bound")
    func bound() {
        let lines = Lines()
        SlowLog(log: lines.log) { .seconds(1) }.note("x", .seconds(1)) { [:] }
        SlowLog(log: lines.log) { nil }.note("x", .seconds(3_600)) { [:] }
        #expect(lines.all.withLock { $0.isEmpty })
        SlowLog(log: lines.log) { .seconds(1) }.note("x", .milliseconds(1_250)) { ["a": "b"] }
        let told = lines.all.withLock { $0 }.map { $0.mapValues(\.description) }
        #expect(told == [["a": "b", "seconds": "1.25"]])
    }

    @Test("twenty lines at once, one each three seconds then, and the next line says how many were left out")
    func bounded() {
        let lines = Lines()
        let log = SlowLog(log: lines.log) { .zero }
        let now = ContinuousClock.now
        for _ in 0..<1_000 { log.note("x", .seconds(1), now: now) { [:] } }
        #expect(lines.all.withLock { $0.count } == 20 && log.total == 1_000)
        log.note("x", .seconds(1), now: now + .seconds(3)) { [:] }
        #expect(lines.all.withLock { $0.last?["left_out"] } == "980")
        log.note("x", .seconds(1), now: now + .seconds(4)) { [:] }
        #expect(lines.all.withLock { $0.count } == 21)
    }

    @Test("bounds are read from the configuration, and what is no time is refused")
    func configuration() throws {
        let text = "slow: {page: 30s, query: never, request: 250ms}\n"
        let slow = try Configuration(name: "a.yaml", bytes: Array(text.utf8)).slow
        #expect(slow.page == .seconds(30) && slow.query == nil && slow.request == .milliseconds(250))
        for bad in ["slow: {page: 0s}", "slow: {query: soon}", "slow: {pages: 1s}"] {
            #expect(throws: YAMLError.self) { try Configuration(name: "a.yaml", bytes: Array(bad.utf8)) }
        }
    }
}

import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

extension FaultTests {
    /// The wall clock jumps under a crawl; the monotonic clocks and the timers stay as they are, as on a machine whose clock is set.
    @Suite("Clock jumps")
    struct ClockTests {
        @Test("an hour forwards, two back and five minutes back cost no gap, and the result is the same")
        func jumps() async throws {
            let promise = Duration.milliseconds(50)
            try await FaultRig.with(FaultSite.small.with(delay: 50)) { rig in
                let clock = try await FakeClock()
                defer { clock.remove() }
                let meter = RequestMeter(rig.site)
                let crawl = try await rig.start([], environment: clock.environment)
                for offset in ["+3600", "-3600", "-300", "+0"] {
                    await meter.wait(for: 40, of: crawl)
                    try clock.set(offset)
                }
                #expect(await crawl.exit() == 0, "\(crawl.errors)")
                #expect(meter.count > 100, "\(crawl.output)\(crawl.errors)")
                // What a clock that was wrong has put off is due by the right one, or made so.
                try await rig.finishAll()
                var report = FaultReport(test: "wall clock +1 h, −1 h, −5 min", faults: 4, differences: 0)
                try await report.conclude(rig, promise: promise)
            }
        }

        @Test("two workers whose clocks are two hours apart share a frontier and keep the gap")
        func apart() async throws {
            let promise = Duration.milliseconds(50)
            try await FaultRig.with(FaultSite.small.with(delay: 50)) { rig in
                let clocks = [try await FakeClock("+3600"), try await FakeClock("-3600")]
                defer { clocks.forEach { $0.remove() } }
                let first = try await rig.start([], environment: clocks[0].environment)
                while try await rig.continuation().isEmpty, first.isRunning {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let second = try await rig.start(["--resume"], environment: clocks[1].environment)
                for worker in [first, second] { #expect(await worker.exit() == 0, "\(worker.errors)") }
                let runs = try await rig.temporary.client.database(rig.temporary.name).collection("runs").find().all()
                let starts = runs.compactMap { $0["started_at"]?.dateValue }.sorted()
                #expect((starts.last ?? .now).timeIntervalSince(starts.first ?? .now) > 7_000)
                try await rig.finishAll()
                var report = FaultReport(test: "two workers, clocks two hours apart", faults: 1, differences: 0)
                try await report.conclude(rig, promise: promise)
            }
        }
    }
}

/// A wall clock for one program that tests can set while it runs: a small library that is loaded before all others.
///
/// Not libfaketime: it moves absolute timers of the monotonic clock too, on which a sleeping program then waits for hours.
struct FakeClock {
    private let library: [String: String]
    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("clock-\(UUID().uuidString)")

    init(_ offset: String = "+0") async throws {
        library = try await PreloadedLibrary.environment("wall-clock")
        try set(offset)
    }

    /// Seconds from the real time, such as "+3600".
    func set(_ offset: String) throws { try Data("\(offset)\n".utf8).write(to: file, options: .atomic) }

    var environment: [String: String] { library.merging(["WALL_CLOCK_FILE": file.path]) { $1 } }

    func remove() { try? FileManager.default.removeItem(at: file) }
}

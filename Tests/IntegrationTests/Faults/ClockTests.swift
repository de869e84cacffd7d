import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

extension FaultTests {
    /// The wall clock jumps under a crawl; the monotonic clocks do not.
    @Suite("Clock jumps")
    struct ClockTests {
        @Test("an hour forwards, two back and five minutes back cost no gap, and the result is the same")
        func jumps() async throws {
            let promise = Duration.milliseconds(100)
            try await FaultRig.with(FaultSite.small.with(delay: 100)) { rig in
                let clock = try FakeClock()
                defer { clock.remove() }
                let meter = RequestMeter(rig.site)
                let crawl = try rig.start([], environment: clock.environment)
                for offset in [3_600, -3_600, -300, 0] as [Int64] {
                    await meter.wait(for: 40, of: crawl)
                    try clock.set(seconds: offset)
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
            let promise = Duration.milliseconds(100)
            try await FaultRig.with(FaultSite.small.with(delay: 100)) { rig in
                let clocks = [try FakeClock(seconds: 3_600), try FakeClock(seconds: -3_600)]
                defer { clocks.forEach { $0.remove() } }
                let first = try rig.start([], environment: clocks[0].environment)
                while try await rig.continuation().isEmpty, first.isRunning {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let second = try rig.start(["--resume"], environment: clocks[1].environment)
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

/// A wall clock for one program that tests can set while it runs: a library that is loaded before the program (Tests/WallClock).
struct FakeClock {
    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("clock-\(UUID().uuidString)")

    init(seconds: Int64 = 0) throws {
        try Data(Self.bytes(seconds)).write(to: file)
    }

    /// Makes the clock stand so many seconds from the real time.
    func set(seconds: Int64) throws {
        // In place: the program has the file mapped.
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.write(contentsOf: Data(Self.bytes(seconds)))
    }

    var environment: [String: String] {
        // Beside the tests, also where the program is another build's.
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        return [
            "LD_PRELOAD": folder.appendingPathComponent("libWallClock.so").path, "WALL_CLOCK_FILE": file.path,
        ]
    }

    func remove() { try? FileManager.default.removeItem(at: file) }

    private static func bytes(_ seconds: Int64) -> [UInt8] {
        withUnsafeBytes(of: (seconds * 1_000_000_000).littleEndian) { Array($0) }
    }
}

import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

extension FaultTests {
    /// The wall clock jumps under a crawl; Debian's libfaketime makes it, and leaves the monotonic clocks alone.
    @Suite("Clock jumps", .enabled(if: FakeClock.isAvailable, FakeClock.hint))
    struct ClockTests {
        @Test("an hour forwards, two back and five minutes back cost no gap, and the result is the same")
        func jumps() async throws {
            let promise = Duration.milliseconds(50)
            try await FaultRig.with(FaultSite.small.with(delay: 50)) { rig in
                let clock = try FakeClock()
                defer { clock.remove() }
                let meter = RequestMeter(rig.site)
                let crawl = try clock.start(rig, [])
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
                let clocks = [try FakeClock("+3600"), try FakeClock("-3600")]
                defer { clocks.forEach { $0.remove() } }
                let first = try clocks[0].start(rig, [])
                while try await rig.continuation().isEmpty, first.isRunning {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let second = try clocks[1].start(rig, ["--resume"])
                for worker in [first, second] { #expect(await worker.exit() == 0, "\(worker.errors)") }
                try await rig.finishAll()
                var report = FaultReport(test: "two workers, clocks two hours apart", faults: 1, differences: 0)
                try await report.conclude(rig, promise: promise)
            }
        }
    }
}

/// A wall clock for one program that tests can set while it runs.
struct FakeClock {
    private static let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"

    static var isAvailable: Bool {
        FileManager.default.fileExists(atPath: library) || ProcessInfo.processInfo.environment["CI"] != nil
    }
    static let hint: Testing.Comment = "no libfaketime: Scripts/setup --tests installs it"

    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("clock-\(UUID().uuidString)")

    init(_ offset: String = "+0") throws { try set(offset) }

    /// Seconds from the real time, such as "+3600".
    func set(_ offset: String) throws { try Data("\(offset)\n".utf8).write(to: file, options: .atomic) }

    /// Starts a crawl by this clock.
    func start(_ rig: FaultRig, _ more: [String]) throws -> RunningProgram {
        let process = rig.program.makeProcess(FaultRig.arguments(more))
        let path = process.executableURL?.path ?? ""
        // libfaketime changes the environment of the first program it is loaded into, and Swift then does not find the arguments, which it
        // looks for beside the environment (Swift 6.3.1). So the first program is env, which becomes ours.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [path] + (process.arguments ?? [])
        process.environment = process.environment?.merging(environment) { $1 }
        return try RunningProgram(process)
    }

    private var environment: [String: String] {
        [
            "LD_PRELOAD": Self.library, "FAKETIME_TIMESTAMP_FILE": file.path, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
    }

    func remove() { try? FileManager.default.removeItem(at: file) }
}

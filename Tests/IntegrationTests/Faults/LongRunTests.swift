import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

extension FaultTests {
    @Suite("Long runs")
    struct LongRunTests {
        @Test("crawled for long with kills in between, the result is the same after each round, and nothing grows")
        func soak() async throws {
            let scale = FaultScale.current
            try await FaultRig.with(scale.site) { rig in
                var random = SplitMix64(seed: 24)
                var samples: [(memory: Double, descriptors: Double, stored: Double)] = []
                var (kills, rounds) = (0, 0)
                let end = ContinuousClock.now + .seconds(scale.soak.seconds)
                while ContinuousClock.now < end || rounds < 3 {
                    // The most of a round: how much there is when it ends depends on what it was doing.
                    var (memory, descriptors) = (0, 0)
                    while true {
                        let crawl = try await rig.start(try await rig.continuation())
                        let killAt =
                            ContinuousClock.now
                            + .seconds(scale.soak.interval * Double.random(in: 0.5...1.5, using: &random))
                        while crawl.isRunning, ContinuousClock.now < killAt {
                            if let usage = ProcessUsage(of: crawl.id) {
                                memory = max(memory, usage.residentBytes)
                                descriptors = max(descriptors, usage.descriptors)
                            }
                            try await Task.sleep(for: .milliseconds(100))
                        }
                        crawl.signal(SIGKILL)
                        let status = await crawl.exit()
                        if status != SIGKILL {
                            #expect(status == 0, "\(crawl.errors)")
                            break
                        }
                        kills += 1
                    }
                    try await rig.expectReference()
                    rounds += 1
                    let statistics = try await rig.temporary.client.database(rig.temporary.name).runCommand([
                        "dbStats": 1
                    ])
                    if memory > 0 {
                        samples.append(
                            (Double(memory), Double(descriptors), statistics["dataSize"]?.doubleValue ?? 0))
                    }
                    _ = try await rig.program.run(["frontier", "reset", "spread", "--whole"])
                    rig.site.log.clear()
                }
                // The first round fills what is empty.
                let steady = samples.dropFirst()
                let slopes = [
                    Trend(steady.map(\.memory)), Trend(steady.map(\.descriptors)), Trend(steady.map(\.stored)),
                ].map(\.percentPerSample)
                let note = zip(["RSS", "descriptors", "data"], slopes).map { "\($0) \(($1 * 100).rounded() / 100) %" }
                FaultReport(
                    test: "soak of \(Int(scale.soak.seconds)) s", faults: kills, differences: 0,
                    note: "\(rounds) rounds; slope a round: \(note.joined(separator: ", "))"
                ).write()
                if scale.soak.seconds > 60 { #expect(kills * 2 > rounds, "\(kills) kills in \(rounds) rounds") }
                // With few rounds a slope is noise; over many, growth shows: a fifth of the mean at most, from first to last.
                if steady.count >= 10 { for slope in slopes { #expect(slope * Double(steady.count) < 20) } }
            }
        }
    }
}

/// The straight line through samples taken at equal distances, by least squares.
struct Trend {
    private let values: [Double]

    init(_ values: [Double]) { self.values = values }

    /// By how many per cent of the mean the line rises from one sample to the next.
    var percentPerSample: Double {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / max(1, count)
        guard values.count > 1, mean > 0 else { return 0 }
        let centre = (count - 1) / 2
        let (up, over) = values.enumerated().reduce(into: (0.0, 0.0)) { sums, sample in
            let distance = Double(sample.offset) - centre
            sums.0 += distance * (sample.element - mean)
            sums.1 += distance * distance
        }
        return up / over / mean * 100
    }
}

import CrawlDomain
import Foundation
import WebStandards

/// Watches one field of the items of one page kind: a tally of the block under way, and the charts that judge it.
struct FieldMeter {
    let name: String
    private var tally = FieldTally()
    private var filling: RateChart
    private var repetition: RateChart
    private var sizes: StabilityChart
    /// What was learnt and not stored yet.
    private var learnt = FieldStatistics()
    /// Items of the block under way that are stored already, and those of them that had a value.
    private var told = (items: 0.0, filled: 0.0)
    /// When the first item was read of those with which each measure went out of control.
    private var since: [DriftAlarm.Measure: Date] = [:]
    /// When the first value of the window of sizes was read.
    private var windowBegan: Date?
    /// A page and its value from when all was well.
    private var before: DriftSample?
    /// What is out of control now.
    private(set) var alarmed: Set<DriftAlarm.Measure> = []
    /// Whether earlier runs have told what is usual. A first crawl goes down a ranking, whose end has no scores: what it notices may be no
    /// more than that.
    private let isSeasoned: Bool
    /// Where blocks have always differed by more than this, another order of pages looks like a drift.
    private static let greatestDispersion = 3.0

    /// - Parameters:
    ///   - name: The field's path.
    ///   - history: What is usual.
    ///   - open: How far earlier runs have come.
    init(name: String, history: FieldStatistics, open: OpenField = .init()) {
        self.name = name
        tally = FieldTally(open)
        told = (open.items, open.filled)
        filling = RateChart(reference: history.filling, open: open.filling)
        repetition = RateChart(reference: history.repetition, open: open.repetition)
        (before, windowBegan) = (open.before, open.windowBegan)
        isSeasoned = filling.isKnown
        // A better spider fills more fields.
        filling.isRiseUsual = true
        sizes = StabilityChart(
            reference: history.sizes, windows: history.windows, unrest: history.unrest, current: open.window)
    }

    mutating func count(_ value: JSONValue, url: String) {
        if let bucket = tally.count(value, url: url) { sizes.add(bucket) }
    }

    /// What was counted and learnt since the last time; items are counted at once, blocks some time later.
    mutating func takeNews() -> FieldStatistics {
        defer {
            learnt = FieldStatistics()
            told = (tally.items, tally.filled)
        }
        var news = learnt
        news.items += tally.items - told.items
        news.filled += tally.filled - told.filled
        return news
    }

    /// How far the watch has come, for another run to go on.
    func open(_ type: ItemType) -> OpenField {
        var open = OpenField()
        (open.items, open.filled, open.repeated, open.compared) =
            (tally.items, tally.filled, tally.repeated, tally.compared)
        open.lacking = tally.lacking
        open.found = tally.found.prefix(Self.samplesLeft).map { shown($0.sample, of: type) }
        open.alike = tally.alike.prefix(Self.samplesLeft).map { shown($0.sample, of: type) }
        open.before = before.map { shown($0, of: type) }
        (open.filling, open.repetition) = (filling.open, repetition.open)
        (open.window, open.windowBegan) = (sizes.current, windowBegan)
        return open
    }

    private static let samplesLeft = 2

    /// Judges the block, and begins the next one.
    ///
    /// - Parameters:
    ///   - began: When the block's first item was read.
    ///   - mayHold: Whether the block is of pages that can be compared with what is usual.
    mutating func close(_ key: StatisticsKey, from began: Date, at now: Date, mayHold: Bool) -> [DriftAlarm] {
        guard tally.items > 0 else { return [] }
        defer {
            tally.close()
            told = (0, 0)
        }
        learnt.items += tally.items - told.items
        learnt.filled += tally.filled - told.filled
        let (usual, alike) = (reference, tally.alike)
        var alarms: [DriftAlarm] = []
        let mayHold = isSeasoned && mayHold
        (filling.isPatient, repetition.isPatient) = (mayHold, mayHold)
        filling.isStrict = mayHold && usual.filling.dispersion <= Self.greatestDispersion
        repetition.isStrict = mayHold && usual.repetition.dispersion <= Self.greatestDispersion
        let isFilled = filling.take(hits: tally.filled, of: tally.items)
        if note(.filled, isFilled, began) {
            let seen = filling.seen ?? 0
            let isLess = seen < usual.filling.rate
            let samples =
                isLess
                ? tally.lacking.map { DriftSample(url: $0, seen: nil) } : tally.found.map(\.sample)
            alarms.append(
                alarm(.filled, key, usual, (usual.filling.rate, seen), now, samples, filling.isStrict && isLess))
        }
        let isRepeated = repetition.take(hits: tally.repeated, of: tally.compared)
        noteLearnt()
        // Values that differ more than they did are no reason to worry.
        if note(.repeated, isRepeated, began), let seen = repetition.seen, seen > usual.repetition.rate {
            alarms.append(
                alarm(
                    .repeated, key, usual, (usual.repetition.rate, seen), now, alike.map(\.sample),
                    repetition.isStrict))
        }
        if let alarm = judgeSizes(key, usual, from: began, now, mayHold: mayHold) { alarms.append(alarm) }
        if alarmed.isEmpty, let found = tally.found.first { before = found.sample }
        return alarms
    }

    private mutating func judgeSizes(
        _ key: StatisticsKey, _ usual: FieldStatistics, from began: Date, _ now: Date, mayHold: Bool
    ) -> DriftAlarm? {
        let window = sizes.current
        let verdict = sizes.look()
        let start = windowBegan ?? began
        windowBegan = sizes.current.total > 0 ? start : nil
        if let window = sizes.learnt {
            learnt.sizes += window.sizes
            learnt.windows += 1
            learnt.unrest += window.unrest
        }
        switch verdict {
        case .open: return nil
        case .inControl:
            _ = note(.sizes, .inControl, start)
            return nil
        case .outOfControl(_, let unseen):
            guard note(.sizes, .outOfControl, start) else { return nil }
            let middle = (usual.sizes.median ?? 0, window.median ?? 0)
            return alarm(
                .sizes, key, usual, middle, now, tally.found.map(\.sample), mayHold && unseen >= Self.strangeness)
        }
    }

    /// Publication is held where such a share of the values is of sizes that were never seen: they are of something else. Other shifts may
    /// come of which pages were read, and are told.
    private static let strangeness = 0.15

    /// What is usual now.
    var reference: FieldStatistics {
        var statistics = FieldStatistics()
        statistics.filling = filling.reference
        statistics.repetition = repetition.reference
        statistics.sizes = sizes.reference
        statistics.windows = sizes.windows
        statistics.unrest = sizes.unrest
        return statistics
    }

    /// Learns what waits, at the end of a run.
    mutating func settle() {
        filling.settle()
        repetition.settle()
        noteLearnt()
    }

    private mutating func noteLearnt() {
        for block in filling.learnt { learnt.filling.add(hits: block.hits, of: block.items) }
        for block in repetition.learnt { learnt.repetition.add(hits: block.hits, of: block.items) }
    }

    /// Takes note of a verdict; whether it is an alarm.
    ///
    /// - Parameter began: When the first item was read of those that are judged.
    private mutating func note(_ measure: DriftAlarm.Measure, _ verdict: RateChart.Verdict, _ began: Date) -> Bool {
        switch verdict {
        case .learning, .inControl:
            since[measure] = nil
            alarmed.remove(measure)
            return false
        case .outOfControl:
            alarmed.insert(measure)
            if since[measure] == nil { since[measure] = began }
            return true
        }
    }

    private func alarm(
        _ measure: DriftAlarm.Measure, _ key: StatisticsKey, _ usual: FieldStatistics,
        _ rates: (expected: Double, seen: Double), _ now: Date, _ samples: [DriftSample], _ holds: Bool
    ) -> DriftAlarm {
        DriftAlarm(
            key: key, field: name, measure: measure, holds: holds, expected: rates.expected, seen: rates.seen,
            since: since[measure] ?? now, raisedAt: now, reference: usual,
            samples: samples.map { shown($0, of: key.type) },
            before: before.map { shown($0, of: key.type) })
    }

    private func shown(_ sample: DriftSample, of type: ItemType) -> DriftSample {
        guard Self.personal[type]?.contains(name) ?? false else { return sample }
        return DriftSample(url: sample.url, seen: sample.seen.map { _ in Self.notKept })
    }

    /// Fields of which no values go into alarms: names, and what people wrote.
    private static let personal: [ItemType: Set<String>] = [.user: ["name"], .review: ["author", "text"]]
    private static let notKept = "(not kept)"
}

extension FieldTally.Finding {
    /// What an earlier run has found.
    init(_ sample: DriftSample) { self.init(url: sample.url, value: .string(sample.seen ?? "")) }

    /// Characters of a value that are shown.
    private static let shown = 120

    var sample: DriftSample {
        let text = value.stringValue ?? String(decoding: value.serializedBytes().prefix(4 * Self.shown), as: UTF8.self)
        return DriftSample(url: url, seen: String(text.prefix(Self.shown)))
    }
}

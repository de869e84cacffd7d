public import CrawlDomain
import Foundation

/// A control chart of a rate: how many of the items have a field, block by block, against how many had it before.
///
/// An exponentially weighted moving average of the blocks' standardised deviations, whose limits are widened by how much blocks have
/// differed before (Laney's p′ idea, with the dispersion of a quasi-binomial model in place of the moving range), and by how little is
/// known. A block is learnt some blocks later, if no alarm came meanwhile: what changes slowly, as down a ranking, becomes usual, a drift
/// does not.
///
/// Sources: Roberts, "Control Chart Tests Based on Geometric Moving Averages", Technometrics 1(3), 1959; Lucas & Saccucci, "Exponentially
/// Weighted Moving Average Control Schemes", Technometrics 32(1), 1990; Laney, "Improved Control Charts for Attributes", Quality
/// Engineering 14(4), 2002.
public struct RateChart: Sendable {
    /// What makes an alarm.
    public struct Settings: Sendable, Hashable {
        /// The weight of the newest block.
        public var weight = 0.2
        /// The limit, in standard deviations. There are hundreds of charts and thousands of blocks a day.
        public var limit = 5.0
        /// Standard deviations within which many items read again are as usual.
        public var tolerance = 3.0
        /// Blocks after which a block is learnt.
        public var lag = 20
        /// A rate must have moved by so much, which matters even where chance would allow it.
        public var leastShift = 0.06
        /// And by this part of the usual rate where it fell.
        public var leastLoss = 0.12
        /// Items that must be known before anything is said.
        public var leastItems = 100.0
        /// Blocks that must be: how much they differ cannot be told from fewer.
        public var leastBlocks = 5.0
        /// Items that are remembered: what is usual may change slowly.
        public var memory = 1_000.0

        /// The standard.
        public init() {}
    }

    /// How a block looks.
    public enum Verdict: Sendable, Hashable {
        /// Too little is known.
        case learning
        /// As usual.
        case inControl
        /// Not as usual.
        case outOfControl
    }

    /// What is usual.
    public private(set) var reference: RateSums
    /// Whether what is out of control is kept from becoming usual; not where alarms are no more than notes.
    var isStrict = true
    /// Whether what may be the beginning of a drift is left to the next run: not where pages differ from what is usual anyway. Blocks that
    /// have differed much make a chart that is not strict, and yet a drift that it would never notice if every run began anew.
    var isPatient = true
    /// Whether a rate that rose becomes usual all the same.
    var isRiseUsual = false
    /// The smoothed rate.
    public private(set) var seen: Double?
    private let settings: Settings
    private var waiting: [OpenChart.Block] = []
    /// Blocks that were learnt since the last look.
    private(set) var learnt: [OpenChart.Block] = []
    private var deviation = 0.0
    private var forgotten = 1.0

    /// - Parameters:
    ///   - reference: What was seen before.
    ///   - open: How far an earlier run has come.
    public init(reference: RateSums = .init(), open: OpenChart = .init(), settings: Settings = .init()) {
        self.reference = reference
        self.settings = settings
        waiting = open.waiting
        // Where nothing is known any more, an operator has said that it is to be learnt anew.
        if isKnown { (deviation, forgotten, seen) = (open.deviation, open.forgotten, open.seen) }
        forget()
    }

    /// How far the chart has come, for another run to go on; one that is not patient begins anew.
    public var open: OpenChart {
        var open = OpenChart()
        open.waiting = waiting
        if isPatient { (open.deviation, open.forgotten, open.seen) = (deviation, forgotten, seen) }
        return open
    }

    /// Looks at a block.
    public mutating func take(hits: Double, of items: Double) -> Verdict {
        learnt.removeAll(keepingCapacity: true)
        guard items > 0 else { return .inControl }
        guard isKnown else {
            learn(hits, items)
            return .learning
        }
        let usual = reference.rate
        let variance = max(usual * (1 - usual), 0.01 * 0.99)
        let standardised = (hits - items * usual) / (reference.dispersion * items * variance).squareRoot()
        let weight = settings.weight
        deviation = weight * standardised + (1 - weight) * deviation
        forgotten *= (1 - weight) * (1 - weight)
        let smoothed = weight * hits / items + (1 - weight) * (seen ?? usual)
        seen = smoothed
        if abs(deviation) > settings.limit * spread(of: items), isShift(from: usual, to: smoothed) {
            let isKept = isStrict && !(isRiseUsual && smoothed > usual)
            if isKept { waiting.removeAll(keepingCapacity: true) } else { postpone(hits, items) }
            return .outOfControl
        }
        postpone(hits, items)
        return .inControl
    }

    private mutating func postpone(_ hits: Double, _ items: Double) {
        waiting.append(OpenChart.Block(hits: hits, items: items))
        guard waiting.count > settings.lag else { return }
        let block = waiting.removeFirst()
        learn(block.hits, block.items)
    }

    /// The standard deviation of ``deviation``, by what is smoothed and by how little is known.
    private func spread(of items: Double) -> Double {
        let weight = settings.weight
        return (weight / (2 - weight) * (1 - forgotten) + items / reference.items).squareRoot()
    }

    /// Learns what waits, at the end of a run; not where it looks as if a drift had begun: the next run sees more.
    mutating func settle() {
        learnt.removeAll(keepingCapacity: true)
        if isPatient, let last = waiting.last, isKnown, 2 * abs(deviation) > settings.limit * spread(of: last.items) {
            return
        }
        for block in waiting { learn(block.hits, block.items) }
        waiting.removeAll()
    }

    /// Whether a rate of many items, such as of all that were read again, is as usual.
    ///
    /// Stricter than the alarm: half of the least shift counts.
    public func isInControl(hits: Double, of items: Double) -> Bool {
        guard isKnown, items > 0 else { return true }
        let (usual, rate) = (reference.rate, hits / items)
        let chance = (reference.dispersion * max(usual * (1 - usual), 0.01 * 0.99) / items).squareRoot()
        return abs(rate - usual) <= max(leastShift(from: usual, to: rate) / 2, settings.tolerance * chance)
    }

    /// Whether enough is known to say anything.
    var isKnown: Bool { reference.items >= settings.leastItems && reference.blocks >= settings.leastBlocks }

    private func isShift(from usual: Double, to rate: Double) -> Bool {
        abs(rate - usual) >= leastShift(from: usual, to: rate)
    }

    private func leastShift(from usual: Double, to rate: Double) -> Double {
        max(settings.leastShift, rate < usual ? settings.leastLoss * usual : 0)
    }

    private mutating func learn(_ hits: Double, _ items: Double) {
        reference.add(hits: hits, of: items)
        learnt.append(OpenChart.Block(hits: hits, items: items))
        forget()
    }

    private mutating func forget() {
        guard reference.items > settings.memory else { return }
        reference = reference.scaled(by: settings.memory / reference.items)
    }
}

public import CrawlDomain
import Foundation

/// A control chart of a distribution: how large the values of a field are, window by window, against how large they were.
///
/// The population stability index over groups of about a tenth of the usual values each, and one group of what was never seen. Without a
/// change it is about (k − 1)(1/n + 1/m), χ² distributed with k − 1 degrees of freedom; the limit is widened by how much windows have
/// differed before, since a ranking is read from its top.
///
/// Source: Yurdakul & Naranjo, "Statistical properties of the population stability index", Journal of Risk Model Validation 14(4), 2020;
/// the usual 0.25 for a great change: Siddiqi, "Credit Risk Scorecards", 2006.
public struct StabilityChart: Sendable {
    /// How a window looks.
    public enum Verdict: Sendable, Hashable {
        /// The window is not full, or too little is known.
        case open
        /// As usual.
        case inControl
        /// Not as usual.
        ///
        /// - Parameter unseen: The share of values of sizes that were never seen.
        case outOfControl(index: Double, unseen: Double)
    }

    /// Values of a window.
    public static let window = 100.0
    /// Values that must be known before anything is said.
    static let leastValues = 500.0
    private static let greatChange = 0.25
    private static let limit = 6.0
    private static let groupShare = 0.1
    private static let memory = 8_000.0

    /// What is usual.
    public private(set) var reference: SizeHistogram
    /// Windows learnt from.
    public private(set) var windows: Double
    /// Σ of how much these differed over what chance makes of it.
    public private(set) var unrest: Double
    /// The window that is being filled.
    public private(set) var current = SizeHistogram()
    /// What was learnt last, to be stored.
    private(set) var learnt: (sizes: SizeHistogram, unrest: Double)?

    /// - Parameters:
    ///   - reference: What was seen before, in `windows` windows that differed by `unrest`.
    ///   - current: The window that an earlier run has begun.
    public init(
        reference: SizeHistogram = .init(), windows: Double = 0, unrest: Double = 0, current: SizeHistogram = .init()
    ) {
        self.reference = reference
        self.current = current
        self.windows = windows
        self.unrest = unrest
        forget()
    }

    /// Counts a value.
    public mutating func add(_ bucket: Int) { current.add(bucket) }

    /// Looks at the window when it is full, and begins the next one.
    public mutating func look() -> Verdict {
        learnt = nil
        guard current.total >= Self.window else { return .open }
        defer { current = SizeHistogram() }
        guard reference.total > 0 else {
            learn(unrest: 1)
            return .open
        }
        let comparison = Comparison(current, with: reference, groupShare: Self.groupShare)
        guard reference.total >= Self.leastValues else {
            learn(unrest: comparison.unrest)
            return .open
        }
        guard comparison.index > threshold(comparison) else {
            learn(unrest: comparison.unrest)
            return .inControl
        }
        return .outOfControl(index: comparison.index, unseen: comparison.unseen)
    }

    /// Whether many values, such as all that were read again, are as usual.
    public func isInControl(_ sizes: SizeHistogram) -> Bool {
        guard sizes.total > 0, reference.total >= Self.leastValues else { return true }
        let comparison = Comparison(sizes, with: reference, groupShare: Self.groupShare)
        return comparison.index <= threshold(comparison)
    }

    private func threshold(_ comparison: Comparison) -> Double {
        let usual = windows > 0 ? max(1, unrest / windows * (1 + 2 / windows)) : 1
        let freedom = Double(max(comparison.groups - 1, 1))
        return max(Self.greatChange, usual * (freedom + Self.limit * (2 * freedom).squareRoot()) * comparison.chance)
    }

    private mutating func learn(unrest: Double) {
        learnt = (current, unrest)
        reference += current
        windows += 1
        self.unrest += unrest
        forget()
    }

    private mutating func forget() {
        guard reference.total > Self.memory else { return }
        let factor = Self.memory / reference.total
        reference = reference.scaled(by: factor)
        windows *= factor
        unrest *= factor
    }

    /// Two distributions beside each other.
    private struct Comparison {
        var index = 0.0
        var unseen = 0.0
        var groups = 0
        let chance: Double

        /// The index over what chance makes of it.
        var unrest: Double { index / (Double(max(groups - 1, 1)) * chance) }

        init(_ window: SizeHistogram, with reference: SizeHistogram, groupShare: Double) {
            chance = 1 / window.total + 1 / reference.total
            var pairs: [(new: Double, usual: Double)] = []
            var open = (new: 0.0, usual: 0.0)
            var never = 0.0
            for bucket in reference.counts.indices {
                let (new, usual) = (window.counts[bucket], reference.counts[bucket])
                guard usual > 0 else {
                    never += new
                    continue
                }
                open.new += new
                open.usual += usual
                guard open.usual >= groupShare * reference.total else { continue }
                pairs.append(open)
                open = (0, 0)
            }
            if open.usual > 0 { pairs.append(open) }
            pairs.append((never, 0))
            groups = pairs.count
            unseen = never / window.total
            let half = 0.5 * Double(groups)
            for pair in pairs {
                let new = (pair.new + 0.5) / (window.total + half)
                let usual = (pair.usual + 0.5) / (reference.total + half)
                index += (new - usual) * log(new / usual)
            }
        }
    }
}

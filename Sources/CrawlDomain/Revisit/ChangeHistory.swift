import Foundation

/// What visits to a page have told of how often it changes, in a bounded number of values.
///
/// Of visits that found no change only the total time counts: its sum is a sufficient statistic. Of visits that found one every interval
/// counts, so at most ``maximumIntervals`` are kept; beyond that the two that are closest by ratio become one of their weighted geometric
/// mean. All but the last 128 or so visits fade, so that a page that has become quiet is known as quiet.
public struct ChangeHistory: Sendable, Hashable {
    /// Intervals after which a change was found.
    public struct Interval: Sendable, Hashable {
        /// How long, in seconds.
        public let seconds: Double
        /// How many visits it stands for; less where they have faded.
        public let weight: Double

        /// Makes an interval.
        public init(seconds: Double, weight: Double) {
            self.seconds = seconds
            self.weight = weight
        }
    }

    /// Intervals kept.
    public static let maximumIntervals = 8
    /// What is left of an older visit's weight after another one.
    private static let fading = 1 - 1.0 / 128

    /// Visits that could be compared with an earlier one.
    public private(set) var visits: Int
    /// Time without a change, in seconds.
    public private(set) var unchanged: Double
    /// Intervals with a change, the shortest first.
    public private(set) var changed: [Interval]

    /// A page that was not visited twice, or what is stored of one.
    public init(visits: Int = 0, unchanged: Double = 0, changed: [Interval] = []) {
        self.visits = visits
        self.unchanged = unchanged
        self.changed = Array(changed.prefix(Self.maximumIntervals))
    }

    /// Takes note of a visit `seconds` after the page was last known.
    public mutating func record(isChanged: Bool, after seconds: Double) {
        guard seconds > 0 else { return }
        visits += 1
        unchanged *= Self.fading
        changed = changed.map { Interval(seconds: $0.seconds, weight: $0.weight * Self.fading) }
        guard isChanged else {
            unchanged += seconds
            return
        }
        let index = changed.firstIndex { $0.seconds > seconds } ?? changed.endIndex
        changed.insert(Interval(seconds: seconds, weight: 1), at: index)
        if changed.count > Self.maximumIntervals { mergeClosest() }
    }

    /// Takes note that a page was said to be unchanged for another `seconds`, without a visit.
    public mutating func confirm(after seconds: Double) {
        unchanged += max(0, seconds)
    }

    private mutating func mergeClosest() {
        let pairs = changed.indices.dropLast()
        let ratios = pairs.map { changed[$0 + 1].seconds / changed[$0].seconds }
        guard let first = pairs.min(by: { ratios[$0] < ratios[$1] }) else { return }
        let (short, long) = (changed[first], changed.remove(at: first + 1))
        let weight = short.weight + long.weight
        changed[first] = Interval(
            seconds: Self.mean(short.seconds, long.seconds, share: long.weight / weight), weight: weight)
    }

    /// The geometric mean, `share` of it from the second.
    private static func mean(_ first: Double, _ second: Double, share: Double) -> Double {
        first * pow(second / first, share)
    }
}

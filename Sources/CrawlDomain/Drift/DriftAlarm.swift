public import struct Foundation.Date

/// A page that shows what an alarm is about.
public struct DriftSample: Sendable, Hashable {
    /// The page.
    public let url: String
    /// What was read there, shortened; nil when nothing was.
    public let seen: String?

    /// Makes a sample.
    public init(url: String, seen: String?) {
        self.url = url
        self.seen = seen
    }
}

/// A field is no longer filled as it was: the site has changed, or the spider was.
public struct DriftAlarm: Sendable, Hashable {
    /// What is watched of a field.
    public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
        /// The share of items that have a value.
        case filled
        /// The share of values that equal the one before.
        case repeated
        /// How large values are.
        case sizes
    }

    /// Which items.
    public let key: StatisticsKey
    /// The field.
    public let field: String
    /// What of it.
    public let measure: Measure
    /// Whether publication is held; false where it may be that other pages were read than before.
    public let holds: Bool
    /// The rate that is usual; of sizes, the usual middle one.
    public let expected: Double
    /// The rate that is seen; of sizes, the middle one that is seen.
    public let seen: Double
    /// From about when.
    public let since: Date
    /// When it was noticed.
    public let raisedAt: Date
    /// What to compare with once a repaired spider has read the pages again.
    public let reference: FieldStatistics
    /// Pages that show it.
    public let samples: [DriftSample]
    /// A page and its value from before.
    public let before: DriftSample?

    /// Makes an alarm.
    public init(
        key: StatisticsKey, field: String, measure: Measure, holds: Bool, expected: Double, seen: Double, since: Date,
        raisedAt: Date, reference: FieldStatistics, samples: [DriftSample], before: DriftSample?
    ) {
        self.key = key
        self.field = field
        self.measure = measure
        self.holds = holds
        self.expected = expected
        self.seen = seen
        self.since = since
        self.raisedAt = raisedAt
        self.reference = reference
        self.samples = samples
        self.before = before
    }

    /// One alarm of a site has one name.
    public var name: String { "\(key.page)|\(key.type.rawValue)|\(field)|\(measure.rawValue)" }
}

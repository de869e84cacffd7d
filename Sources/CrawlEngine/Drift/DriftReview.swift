public import CrawlDomain
public import Foundation
import WebStandards

/// Judges whether what a repaired spider reads from stored pages is as it was before an alarm.
///
/// Only pages fetched since the alarm's beginning count: those from before were well all the time, and would hide the others.
public struct DriftReview: Sendable {
    fileprivate struct Case {
        let alarm: DriftAlarm
        let path: [String]
        var tally = FieldTally()
        var sizes = SizeHistogram()
    }

    private var cases: [Case]

    private static let records = 8

    /// Reviews alarms.
    public init(_ alarms: [DriftAlarm]) {
        cases = alarms.map { Case(alarm: $0, path: $0.field.split(separator: "/").map(String.init)) }
    }

    /// Takes in what a stored page gives.
    ///
    /// - Parameter page: The kind of page that it was when it was fetched.
    public mutating func note(_ extraction: Extraction, page: String, url: String, fetchedAt: Date) {
        // As when they were counted: a page that says what it is is no sign of anything.
        guard extraction.pageDrop.map({ DriftWatch.isUnread($0.reason) }) ?? true else { return }
        for index in cases.indices
        where cases[index].alarm.key.page == page && fetchedAt >= cases[index].alarm.since {
            let type = cases[index].alarm.key.type
            let items = extraction.items.filter { $0.type == type }
            if cases[index].alarm.field == PageStatistics.itemField {
                cases[index].take(items.isEmpty ? .null : true, url: url)
                continue
            }
            for item in items { cases[index].take(Self.values(.object(item.fields), cases[index].path[...]), url: url) }
        }
    }

    /// The alarms that have no ground any more.
    public var groundless: [DriftAlarm] { cases.filter(\.isInControl).map(\.alarm) }

    /// The others, with what was seen now.
    public var grounded: [DriftAlarm] { cases.filter { !$0.isInControl }.map(\.alarm) }

    private static func values(_ value: JSONValue, _ path: ArraySlice<String>) -> [JSONValue] {
        guard let name = path.first else { return [value] }
        switch value {
        case .object(let object): return values(object[name] ?? .null, path.dropFirst())
        case .array(let list):
            return list.prefix(records).flatMap { if case .object = $0 { values($0, path) } else { [JSONValue]() } }
        default: return []
        }
    }
}

extension DriftReview.Case {
    fileprivate mutating func take(_ values: [JSONValue], url: String) {
        for value in values { take(value, url: url) }
    }

    fileprivate mutating func take(_ value: JSONValue, url: String) {
        if let bucket = tally.count(value, url: url) { sizes.add(bucket) }
    }

    fileprivate var isInControl: Bool {
        // There are no more pages than were read; chance is allowed for.
        guard tally.items > 0 else { return false }
        switch alarm.measure {
        case .filled:
            return RateChart(reference: alarm.reference.filling).isInControl(hits: tally.filled, of: tally.items)
        case .repeated:
            return RateChart(reference: alarm.reference.repetition)
                .isInControl(hits: tally.repeated, of: tally.compared)
        case .sizes:
            let usual = alarm.reference
            return StabilityChart(reference: usual.sizes, windows: usual.windows, unrest: usual.unrest)
                .isInControl(sizes)
        }
    }
}

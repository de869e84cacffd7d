public import Foundation
import WebStandards

/// The rule by which lists are too old to be kept: whose newest stated date is before a day.
///
/// A list that states no date says nothing of its age. The dates are ISO 8601, as precise as stated, so they are compared as texts.
public struct Inactivity: Sendable, Hashable {
    /// Lists whose newest date is before this are inactive: "2023-11-26".
    public let cutoff: String

    /// Everything older than `age` before `now`.
    public init(age: Duration, now: Date) {
        cutoff = String(now.addingTimeInterval(-Double(age.components.seconds)).formatted(.iso8601).prefix(10))
    }

    /// Whether an item is a list of somebody who has been inactive for too long.
    public func applies(to item: Item) -> Bool {
        guard item.type == .user, let rows = item.fields["list"]?.arrayValue else { return false }
        let dates = rows.flatMap { row in ["updated", "finished", "started"].compactMap { row[$0]?.stringValue } }
        return dates.max().map { $0 < cutoff } ?? false
    }
}

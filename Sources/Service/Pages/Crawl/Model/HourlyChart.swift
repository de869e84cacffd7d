import Foundation
import Storage

/// Hours as bars, and in words for who does not see them. Drawn in units of its own, 240 by 48.
struct HourlyChart: Sendable, Hashable {
    /// An hour.
    struct Bar: Sendable, Hashable {
        let x: String
        let y: String
        let height: String
        /// "2026-01-02 04:00 UTC: 1,200".
        let label: String
        let isNow: Bool
    }

    static let (width, height) = (240.0, 48.0)

    let title: String
    /// A word of its own in the page.
    let key: String
    let bars: [Bar]
    /// What the picture says.
    let summary: String
    let total: String

    init(_ title: String, _ hours: HourlyCounts) {
        self.title = title
        key = title.lowercased().split(separator: " ").joined(separator: "-")
        let most = max(1, hours.counts.max() ?? 0)
        let step = Self.width / Double(max(1, hours.counts.count))
        bars = hours.counts.enumerated().map { index, count in
            // An hour in which there was little is told from one in which there was nothing.
            let height = count == 0 ? 0 : max(1.5, Double(count) / Double(most) * Self.height)
            return Bar(
                x: Self.text(Double(index) * step), y: Self.text(Self.height - height), height: Self.text(height),
                label: "\(Wording.moment(hours.time(of: index))): \(Wording.count(count))",
                isNow: index == hours.counts.count - 1)
        }
        total = Wording.count(hours.total)
        let peak = hours.counts.indices.max { hours.counts[$0] < hours.counts[$1] }
        summary =
            hours.total == 0
            ? "\(title): none in the last \(hours.counts.count) hours"
            : "\(title): \(total) in the last \(hours.counts.count) hours, \(Wording.count(hours.counts.last ?? 0)) in this one, most at "
                + "\(peak.map { Wording.moment(hours.time(of: $0)) } ?? "") with \(Wording.count(most))"
    }

    private static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import Terminal
import WebStandards

/// A site's alarms and how its fields were filled by day, for people or for programs.
struct DriftReport {
    let site: String
    let alarms: [StoredAlarm]
    let isHeld: Bool
    let days: [PageStatistics]
    /// Else only those with an alarm.
    let showsAllFields: Bool

    /// Days shown, the newest ones.
    private static let daysShown = 14

    func print(json: Bool) {
        if json { return Console.print(value) }
        lines.forEach { Console.print($0) }
    }

    private var lines: [String] {
        var lines = ["\(site): \(isHeld ? "publication is held" : "published as it is read")"]
        if alarms.isEmpty { lines.append("no field drifts") }
        lines += watched
        for stored in alarms {
            let alarm = stored.alarm
            lines.append(stored.line)
            lines.append("  read by spider \(stored.spider), run \(stored.run), after change \(stored.change)")
            if let before = alarm.before { lines.append("  before   \(before.url): \(before.seen ?? "nothing")") }
            lines += alarm.samples.map { "  seen     \($0.url): \($0.seen ?? "nothing")" }
        }
        lines += StoredAlarm.advice(on: alarms)
        let rows = shown.flatMap { day in
            day.fields.sorted { $0.key < $1.key }.filter { isShown(day.key, $0.key) }.map { (day, $0.key, $0.value) }
        }
        guard !rows.isEmpty else { return lines }
        var table = Table([
            ("day", .left), ("page", .left), ("field", .left), ("items", .right), ("filled", .right),
            ("middle size", .right),
        ])
        for (day, field, counted) in rows {
            table.add([
                day.day, day.key.page, field, "\(Int(counted.items))", Self.percent(counted),
                counted.sizes.median.map { String(format: "%.6g", $0) } ?? "",
            ])
        }
        return lines + table.lines
    }

    /// Of which kinds of pages enough is known to say anything.
    private var watched: [String] {
        let least = RateChart.Settings().leastItems
        var known: [String: Double] = [:]
        for day in days { known["\(day.key.type.rawValue) on \(day.key.page) pages", default: 0] += day.items }
        return known.sorted { $0.key < $1.key }.map { name, items in
            let what = items >= least ? "watched" : "watched when \(Int(least)) are known, earlier days included"
            return "  \(name): \(Int(items)) items in \(StatisticsDay.count) days, \(what)"
        }
    }

    private var shown: [PageStatistics] {
        let names = Set(Set(days.map(\.day)).sorted().suffix(Self.daysShown))
        return days.filter { names.contains($0.day) }
    }

    private func isShown(_ key: StatisticsKey, _ field: String) -> Bool {
        showsAllFields || alarms.contains { $0.alarm.key == key && $0.alarm.field == field }
    }

    private static func percent(_ counted: FieldStatistics) -> String {
        counted.items > 0 ? String(format: "%.1f %%", 100 * counted.filled / counted.items) : ""
    }

    private var value: JSONValue {
        .object([
            "site": .string(site), "held": .bool(isHeld), "alarms": .array(alarms.map(\.value)),
            "days": .array(
                shown.map { day in
                    .object([
                        "day": .string(day.day), "page": .string(day.key.page), "type": .string(day.key.type.rawValue),
                        "fields": .object(
                            JSONObject(
                                day.fields.sorted { $0.key < $1.key }.map { name, counted in
                                    (
                                        name,
                                        .object([
                                            "items": .double(counted.items), "filled": .double(counted.filled),
                                            "median_size": counted.sizes.median.map(JSONValue.double) ?? .null,
                                        ])
                                    )
                                })),
                    ])
                }),
        ])
    }
}

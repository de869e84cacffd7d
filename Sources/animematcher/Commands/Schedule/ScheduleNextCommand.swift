import ArgumentParser
import CrawlDomain
import Foundation
import Terminal
import WebStandards

/// `animematcher schedule next`.
struct ScheduleNextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Show the coming fires as a calendar, in each schedule's own zone; needs no database.",
        discussion: """
              animematcher schedule next
              animematcher schedule next nightly --days 30
              animematcher schedule next --from 2026-03-28T00:00:00Z --days 2 --json
            """)

    /// 9900-01-01.
    private static let end: Int64 = 250_246_627_200
    /// Fires of one schedule shown at most.
    private static let most = 1_000

    @Argument(help: "The schedule; all when left out.") var name: String?
    @Option(help: "So many days from now.") var days = 7
    @Option(help: ArgumentHelp("From this time instead of now: 2026-03-28T00:00:00Z.", valueName: "time"))
    var from: String?
    @Flag(help: "One JSON object a line.") var json = false
    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (1...3_660).contains(days) else { throw ValidationError("--days: expected a number from 1 to 3660") }
        // Later years have five digits, which no calendar here has room for.
        if let from, W3CDateTime.parse(from).map({ $0 >= Self.end }) ?? true {
            throw ValidationError("--from: expected a time such as 2026-03-28T00:00:00Z, before the year 9900")
        }
    }

    func run() async throws {
        let defined = try DefinedSchedules(configuration)
        let schedules = try name.map { [try defined.named($0)] } ?? defined.all.filter(\.isEnabled)
        let start = from.flatMap(W3CDateTime.parse) ?? Int64(Date().timeIntervalSince1970)
        var rows: [CalendarRow] = []
        for schedule in schedules {
            let fires = ScheduleFires(schedule).coming(
                after: start, considered: nil, until: start + Int64(days) * 86_400, limit: Self.most)
            if fires.count == Self.most { Console.note("\(schedule.name): only its next \(Self.most) fires are shown") }
            rows += fires.map { CalendarRow(schedule: schedule, fire: $0) }
        }
        rows.sort { ($0.fire.start, $0.schedule.name, $0.fire.time) < ($1.fire.start, $1.schedule.name, $1.fire.time) }
        show(rows, of: schedules)
        if defined.isIncomplete, name == nil { throw ExitCode.failure }
    }

    private func show(_ rows: [CalendarRow], of schedules: [Schedule]) {
        if json { return rows.forEach { Console.print($0.json) } }
        guard !schedules.isEmpty else {
            return Console.note("no schedule is defined; see 'Schedules' in docs/operating.md")
        }
        var day = ""
        for row in rows {
            if row.day != day { Console.print(row.day) }
            day = row.day
            Console.print("  \(row.line)")
        }
        if rows.isEmpty { Console.note("nothing fires within \(days) days") }
    }
}

/// One fire in the calendar.
private struct CalendarRow {
    let schedule: Schedule
    let fire: PlannedFire

    var day: String {
        let start = ZonedTime(fire.start, schedule.zone)
        return "\(start.day) \(start.weekdayName)"
    }

    var line: String {
        let moved = fire.start == fire.time ? "" : ", for \(ZonedTime(fire.time, schedule.zone).time)"
        let skip = leftOut.map { ", left out: \($0)" } ?? ""
        let start = ZonedTime(fire.start, schedule.zone).time
        return "\(start)  \(schedule.name)  \(schedule.site)  \(schedule.zoneName)\(moved)\(skip)"
    }

    /// Why it does not take place; nil where it does.
    private var leftOut: String? { schedule.isEnabled ? fire.skip?.rawValue : "disabled" }

    var json: JSONValue {
        .object([
            "name": .string(schedule.name), "site": .string(schedule.site),
            "time": .string(W3CDateTime.format(fire.time)), "start": .string(W3CDateTime.format(fire.start)),
            "zone": .string(schedule.zoneName), "local": .string(ZonedTime(fire.start, schedule.zone).dayAndTime),
            "left_out": leftOut.map(JSONValue.string) ?? .null,
        ])
    }
}

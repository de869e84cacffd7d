import ArgumentParser
import CrawlDomain
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher schedule list`.
struct ScheduleListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the schedules: when they fire, the next time, and what became of the last one.",
        discussion: """
              animematcher schedule list
              animematcher schedule list --json
            """)

    @Flag(help: "One JSON object a line.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let defined = try DefinedSchedules(database.configuration)
        let schedules = defined.all
        try await database.withDatabase { database, _ in
            let states = try await database.schedules.states()
            let now = try await database.schedules.now()
            var rows: [ScheduleRow] = []
            for schedule in schedules {
                let last = try await database.fires.latest(of: schedule.name).first
                rows.append(ScheduleRow(schedule: schedule, state: states[schedule.name], last: last, now: now))
            }
            show(rows)
        }
        if defined.isIncomplete { throw ExitCode.failure }
    }

    private func show(_ rows: [ScheduleRow]) {
        if json { return rows.forEach { Console.print($0.json) } }
        guard !rows.isEmpty else {
            return Console.note("no schedule is defined; see 'Schedules' in docs/operating.md")
        }
        var table = Table(["name", "site", "when", "zone", "next", "last", "result"].map { ($0, .left) })
        for row in rows { table.add(row.cells) }
        table.lines.forEach { Console.print($0) }
    }
}

/// One schedule, as it is listed.
private struct ScheduleRow {
    let schedule: Schedule
    let state: ScheduleState?
    let last: Fire?
    let now: Date

    private var status: String {
        if !schedule.isEnabled { return "disabled" }
        return state?.isPaused == true ? "paused" : "on"
    }

    /// When the next run starts, in seconds since 1970.
    private var next: Int64? {
        guard status == "on" else { return nil }
        let now = Int64(now.timeIntervalSince1970)
        let considered = state.map { Int64($0.considered.timeIntervalSince1970) }
        let upcoming = ScheduleFires(schedule).coming(
            after: now, considered: considered, until: now + 10 * 366 * 86_400, limit: 1_000)
        return upcoming.first { $0.skip == nil }?.start
    }

    private var result: String {
        guard let last else { return "" }
        return last.state.rawValue + (last.reason.map { ": \($0)" } ?? "")
    }

    var cells: [String] {
        [
            schedule.name, schedule.site, schedule.timing.description, schedule.zoneName,
            next.map { ZonedTime($0, schedule.zone).dayAndTime } ?? status,
            last.map { ZonedTime($0.time, schedule.zone).dayAndTime } ?? "", Console.visible(result, limit: 80),
        ]
    }

    var json: JSONValue {
        func time(_ date: Date?) -> JSONValue {
            date.map { .string(W3CDateTime.format(Int64($0.timeIntervalSince1970))) } ?? .null
        }
        let last: JSONValue =
            self.last.map {
                .object([
                    "time": time($0.time), "state": .string($0.state.rawValue), "kind": .string($0.kind.rawValue),
                    "reason": $0.reason.map(JSONValue.string) ?? .null, "run": $0.run.map(JSONValue.string) ?? .null,
                    "started_at": time($0.startedAt), "ended_at": time($0.endedAt),
                ])
            } ?? .null
        return .object([
            "name": .string(schedule.name), "site": .string(schedule.site),
            "when": .string(schedule.timing.description), "zone": .string(schedule.zoneName),
            "status": .string(status), "next": next.map { .string(W3CDateTime.format($0)) } ?? .null, "last": last,
        ])
    }
}

import CrawlDomain
import Foundation
import MongoDriver

/// A fire as `fires` holds it.
enum FireDocument {
    /// A fire that has just come up; `_id` is left to the filter.
    static func new(_ fire: PlannedFire, of schedule: Schedule, skip reason: String?) -> BSONDocument {
        let state: Fire.State = reason == nil ? .due : .skipped
        return [
            "schedule": .string(schedule.name), "site": .string(schedule.site), "time": date(fire.time),
            "start": date(fire.start), "kind": .string(Fire.Kind.timed.rawValue), "state": .string(state.rawValue),
            "reason": reason.map(BSONValue.string) ?? .null, "token": .int64(0), "attempts": .int64(0),
            "ended_at": reason == nil ? .null : date(fire.start),
        ]
    }

    static func fire(_ document: BSONDocument) -> Fire? {
        guard let id = document["_id"]?.stringValue, let schedule = document["schedule"]?.stringValue,
            let site = document["site"]?.stringValue, let time = document["time"]?.dateValue,
            let state = document["state"]?.stringValue.flatMap(Fire.State.init)
        else { return nil }
        return Fire(
            id: id, schedule: schedule, site: site, time: time, start: document["start"]?.dateValue ?? time,
            kind: document["kind"]?.stringValue.flatMap(Fire.Kind.init) ?? .timed, state: state,
            reason: document["reason"]?.stringValue, token: document["token"]?.intValue ?? 0,
            attempts: document["attempts"]?.intValue ?? 0, run: document["run"]?.stringValue,
            startedAt: document["started_at"]?.dateValue, endedAt: document["ended_at"]?.dateValue)
    }

    static func date(_ seconds: Int64) -> BSONValue { .date(Date(timeIntervalSince1970: Double(seconds))) }
}

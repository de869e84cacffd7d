import CrawlDomain
import Storage
import Terminal
import WebStandards

/// Pauses a schedule or resumes it.
struct SchedulePausing {
    let name: String
    let database: DatabaseOptions
    let json: Bool

    func set(_ isPaused: Bool) async throws {
        let schedule = try DefinedSchedules(database.configuration).named(name)
        try await database.withDatabase { database, _ in
            // One that no scheduler has met yet is made known, so that the first one finds it paused.
            if try await database.schedules.states()[name] == nil { try await database.schedules.adopt(schedule) }
            _ = try await database.schedules.setPaused(isPaused, name)
        }
        if json { return Console.print(.object(["name": .string(name), "paused": .bool(isPaused)])) }
        Console.print("\(name) \(isPaused ? "is paused" : "goes on")")
    }
}

import CrawlDomain
import Logging

/// The definitions a scheduler has read, and what it has said of them.
struct KnownSchedules {
    private var schedules: [Schedule] = []
    private var fingerprint: String?
    private var said: Set<String> = []
    /// Whether what was read last has been adopted; set when it has, so that a failure in between repeats it.
    var isAdopted = false

    /// Reads the definitions when they have changed. One file that cannot be read leaves everything as it was, and is said once.
    ///
    /// - Returns: What is to be adopted.
    mutating func reload(_ definitions: ScheduleDefinitions, log: Logger) -> [Schedule] {
        let current = definitions.fingerprint()
        if current != fingerprint {
            let (loaded, problems) = definitions.load()
            for problem in problems { say(problem, log) }
            if problems.isEmpty || fingerprint == nil {
                schedules = loaded
                isAdopted = false
                let names = loaded.filter(\.isEnabled).map(\.name).joined(separator: ", ")
                log.info(names.isEmpty ? "no schedule is defined: nothing to run" : "schedules: \(names)")
            }
            fingerprint = current
        }
        return isAdopted ? [] : schedules
    }

    /// The schedules this scheduler looks after now: enabled, not paused, and defined as everybody goes by.
    mutating func followed(_ states: [String: ScheduleState], log: Logger) -> [Schedule] {
        schedules.filter { schedule in
            guard schedule.isEnabled, let state = states[schedule.name], !state.isPaused else { return false }
            if state.definition == schedule.definition { return true }
            say("'\(schedule.name)' is left alone: another scheduler has a newer definition of it", log)
            return false
        }
    }

    private mutating func say(_ text: String, _ log: Logger) {
        if said.insert(text).inserted { log.error("\(text)") }
    }
}

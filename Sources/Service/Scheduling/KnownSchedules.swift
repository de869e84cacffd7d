import CrawlDomain
import Logging

/// The definitions a scheduler has read, and what it has said of them.
struct KnownSchedules {
    private var schedules: [Schedule] = []
    private var fingerprint: String?
    private var isConfigurationBroken = false
    private var brokenSites: Set<String> = []
    private var said: Set<String> = []
    /// Whether what was read last has been adopted; set when it has, so that a failure in between repeats it.
    var isAdopted = false

    /// Reads the definitions when they have changed. One file that cannot be read leaves everything as it was, and is said once.
    ///
    /// - Returns: What is to be adopted.
    mutating func reload(_ definitions: ScheduleDefinitions, log: Logger) -> [Schedule] {
        let current = definitions.fingerprint()
        if current != fingerprint {
            let content = definitions.load()
            for problem in content.problems { say(problem, log) }
            (isConfigurationBroken, brokenSites) = (content.isConfigurationBroken, content.brokenSites)
            if content.problems.isEmpty || fingerprint == nil {
                schedules = content.schedules
                isAdopted = false
                let names = content.schedules.filter(\.isEnabled).map(\.name).joined(separator: ", ")
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

    /// Whether a crawl could begin now: it reads the configuration and its spider itself. Until they are put right its fires wait.
    func canRun(_ schedule: Schedule) -> Bool { !isConfigurationBroken && !brokenSites.contains(schedule.site) }

    private mutating func say(_ text: String, _ log: Logger) {
        if said.insert(text).inserted { log.error("\(text)") }
    }
}

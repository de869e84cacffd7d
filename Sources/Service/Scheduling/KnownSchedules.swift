import CrawlDomain
public import Logging

/// The definitions that were read, shared by the roles of a process, and what was said of them.
public actor KnownSchedules {
    private let definitions: ScheduleDefinitions
    private let log: Logger
    private var schedules: [Schedule] = []
    private var fingerprint: String?
    private var isConfigurationBroken = false
    private var brokenSites: Set<String> = []
    private var said: Set<String> = []
    /// Counts what was read, so that it is adopted once.
    private var generation = 0

    /// Nothing is read yet.
    public init(_ definitions: ScheduleDefinitions, log: Logger) {
        self.definitions = definitions
        self.log = log
    }

    /// Reads the definitions when they have changed. One file that cannot be read leaves everything as it was, and is said once.
    ///
    /// - Returns: All there are, and a number that grows with each change of them.
    func reload() -> (schedules: [Schedule], generation: Int) {
        let current = definitions.fingerprint()
        if current != fingerprint {
            let content = definitions.load()
            for problem in content.problems { say(problem) }
            (isConfigurationBroken, brokenSites) = (content.isConfigurationBroken, content.brokenSites)
            if content.problems.isEmpty || fingerprint == nil {
                schedules = content.schedules
                generation += 1
                let names = content.schedules.filter(\.isEnabled).map(\.name).joined(separator: ", ")
                log.info(names.isEmpty ? "no schedule is defined: nothing to run" : "schedules: \(names)")
            }
            fingerprint = current
        }
        return (schedules, generation)
    }

    /// The schedules that are looked after now: enabled, not paused, and defined as everybody goes by.
    func followed(_ states: [String: ScheduleState]) -> [Schedule] {
        for schedule in schedules where Self.isWanted(schedule, states) {
            guard states[schedule.name]?.definition != schedule.definition else { continue }
            say("'\(schedule.name)' is left alone: another scheduler has a newer definition of it")
        }
        return schedules.filter { Self.isWanted($0, states) && states[$0.name]?.definition == $0.definition }
    }

    /// Those of which a crawl could begin now: it reads the configuration and its spider itself. Until they are put right fires wait.
    func runnable(_ states: [String: ScheduleState]) -> [Schedule] {
        guard !isConfigurationBroken else { return [] }
        return schedules.filter {
            Self.isWanted($0, states) && states[$0.name]?.definition == $0.definition && !brokenSites.contains($0.site)
        }
    }

    private static func isWanted(_ schedule: Schedule, _ states: [String: ScheduleState]) -> Bool {
        guard schedule.isEnabled, let state = states[schedule.name] else { return false }
        return !state.isPaused
    }

    private func say(_ text: String) {
        if said.insert(text).inserted { log.error("\(text)") }
    }
}

import CrawlDomain
import CrawlEngine
import Terminal

/// The schedules that configuration and spiders define.
struct DefinedSchedules {
    /// In the order of their names.
    let all: [Schedule]

    /// Reads them; what cannot be read is said and left out.
    init(_ options: ConfigurationOptions) throws {
        let content = ScheduleSources(
            configurationFile: options.config ?? ProjectHome.configurationFile, spiders: try ProjectFolder.spiders()
        ).load()
        content.problems.forEach(Console.error)
        all = content.schedules
    }

    /// One schedule by name.
    func named(_ name: String) throws -> Schedule {
        if let schedule = all.first(where: { $0.name == name }) { return schedule }
        let known = all.isEmpty ? "none is defined" : "there are \(all.map(\.name).joined(separator: ", "))"
        throw Failure("there is no schedule '\(Console.visible(name))'; \(known)")
    }
}

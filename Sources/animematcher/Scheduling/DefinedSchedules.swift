import CrawlDomain
import CrawlEngine
import Terminal

/// The schedules that configuration and spiders define.
struct DefinedSchedules {
    /// In the order of their names.
    let all: [Schedule]
    /// Whether something could not be read.
    let isIncomplete: Bool

    /// Reads them; a spider that cannot be read is said and left out, without the configuration there is nothing to do.
    init(_ options: ConfigurationOptions) throws {
        try options.file?.check()
        let content = ScheduleSources(
            configurationFile: options.file?.path, spiders: try ProjectFolder.spiders()
        ).load()
        if content.isConfigurationBroken { throw Failure(content.problems.joined(separator: "\n")) }
        content.problems.forEach(Console.error)
        all = content.schedules
        isIncomplete = !content.problems.isEmpty
    }

    /// One schedule by name.
    func named(_ name: String) throws -> Schedule {
        if let schedule = all.first(where: { $0.name == name }) { return schedule }
        let known = all.isEmpty ? "none is defined" : "there are \(all.map(\.name).joined(separator: ", "))"
        throw Failure("there is no schedule '\(Console.visible(name))'; \(known)")
    }
}

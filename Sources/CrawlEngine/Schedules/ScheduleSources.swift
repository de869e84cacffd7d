public import CrawlDomain
import Foundation

/// All schedules there are: those of the configuration and those of the spiders.
public struct ScheduleSources: Sendable {
    /// What was read.
    public struct Content: Sendable {
        /// In the order of their names.
        public var schedules: [Schedule] = []
        /// What could not be read, to be shown.
        public var problems: [String] = []
        /// Whether the configuration cannot be read: then no crawl can begin.
        public var isConfigurationBroken = false
        /// Sites whose spider cannot be read: no crawl of theirs can begin.
        public var brokenSites: Set<String> = []
    }

    private let configurationFile: String?
    private let spiders: SpiderLoader

    /// - Parameter configurationFile: The configuration; nil for none.
    public init(configurationFile: String?, spiders: SpiderLoader) {
        self.configurationFile = configurationFile
        self.spiders = spiders
    }

    /// Reads everything; a file that cannot be read is named and left out.
    ///
    /// A schedule of the configuration stands for the one of the same name that the site's spider has.
    public func load() -> Content {
        var content = Content()
        var schedules: [String: Schedule] = [:]
        do {
            for schedule in try configuration().schedules {
                schedules[schedule.name] = schedule
            }
        } catch {
            content.problems.append("\(error)")
            content.isConfigurationBroken = true
        }
        for site in spiders.sites {
            do throws(SpiderError) {
                let spider = try spiders.load(site: site)
                for schedule in spider.schedules where schedule.site == site {
                    guard let other = schedules[schedule.name] else {
                        schedules[schedule.name] = schedule
                        continue
                    }
                    if other.site != site {
                        content.problems.append(
                            "the schedule '\(schedule.name)' of \(site) is left out: \(other.site) has one of that name"
                        )
                    }
                }
                // Those of a spider were looked at when it was read.
                for schedule in schedules.values where schedule.site == site {
                    for start in spider.strangeStarts(of: schedule) {
                        leave(
                            schedule, out: &schedules, of: &content,
                            "its crawls start at \(start), which is no page that the spider '\(site)' reads")
                    }
                }
            } catch {
                content.problems.append("\(error)")
                content.brokenSites.insert(site)
            }
        }
        let known = spiders.sites
        for schedule in schedules.values where !known.contains(schedule.site) {
            leave(
                schedule, out: &schedules, of: &content,
                "there is no spider '\(schedule.site)'; there are spiders for \(known.joined(separator: ", "))")
        }
        content.schedules = schedules.values.sorted { $0.name < $1.name }
        return content
    }

    /// Leaves a schedule of the configuration out and says why.
    private func leave(
        _ schedule: Schedule, out schedules: inout [String: Schedule], of content: inout Content, _ reason: String
    ) {
        let file = configurationFile ?? "the configuration"
        content.problems.append("\(file): the schedule '\(schedule.name)' is left out: \(reason)")
        schedules[schedule.name] = nil
    }

    /// Changes when one of the files does.
    public var fingerprint: String {
        let files = spiders.sites.map { "\(spiders.directory)/\($0).yaml" } + (configurationFile.map { [$0] } ?? [])
        return files.map { file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(file) \(time) \(attributes?[.size] as? Int ?? -1)"
        }.joined(separator: "\n")
    }

    private func configuration() throws -> Configuration {
        guard let configurationFile else { return Configuration() }
        guard let bytes = FileManager.default.contents(atPath: configurationFile) else {
            throw YAMLError([YAMLMistake(file: configurationFile, message: "cannot be read")])
        }
        return try Configuration(name: configurationFile, bytes: Array(bytes))
    }
}

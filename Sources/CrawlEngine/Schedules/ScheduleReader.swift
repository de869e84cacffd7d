import CrawlDomain
import WebStandards

/// Reads `schedules:`, a list of maps.
struct ScheduleReader {
    /// The site of all of them; nil where each one names its own.
    let site: String?

    /// Where a schedule is tried, for five years: one that never fires is a mistake.
    private static let trial: (from: Int64, until: Int64) = (1_767_225_600, 1_767_225_600 + 5 * 366 * 86_400)

    /// The schedules; what is wrong with them is with the file.
    func read(_ node: YAMLNode?) -> [Schedule] {
        var schedules: [Schedule] = []
        for node in node?.list() ?? [] {
            guard let map = node.map() else { continue }
            let schedule = schedule(map)
            map.close()
            guard let schedule else { continue }
            if schedules.contains(where: { $0.name == schedule.name }) {
                node.report("there is a schedule '\(schedule.name)' already")
            } else {
                schedules.append(schedule)
            }
        }
        return schedules
    }

    private func schedule(_ map: YAMLMap) -> Schedule? {
        let (name, site) = (name(map), siteName(map))
        let zone = map.take("zone")
        let timing = timing(map, zone: zone)
        guard let name, let site, let timing else {
            _ = settings(map, of: nil)
            return nil
        }
        guard let clock = CronTimeZone(timing.zone) else { return nil }
        let schedule = Schedule(name: name, site: site, timing: timing.timing, zone: clock, zoneName: timing.zone)
        guard let schedule = settings(map, of: schedule) else { return nil }
        var punctual = schedule
        punctual.jitter = 0
        // Of what fires twice a day or so a year, with the days on which clocks change.
        let fires = ScheduleFires(punctual).upcoming(after: Self.trial.from, until: Self.trial.until, limit: 3_000)
        // Else a run would start after the one that follows it.
        let starts = fires.filter { $0.skip == nil }.map(\.start)
        guard zip(starts, starts.dropFirst()).allSatisfy({ $1 - $0 > schedule.jitter }) else {
            return map.node.refuse("jitter: expected less than the time between fires")
        }
        guard fires.contains(where: { $0.skip != .blackout }) else {
            return
                map.node.refuse("'\(name)' never fires: there is no such date, or its blackout covers all of them")
        }
        return schedule
    }

    private func name(_ map: YAMLMap) -> String? {
        guard let node = map.require("name"), let name = node.string() else { return nil }
        let isName =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        return isName
            ? name : node.refuse("a schedule's name has small letters, digits and '-'; found '\(name.prefix(80))'")
    }

    private func siteName(_ map: YAMLMap) -> String? {
        guard let site else { return map.require("site")?.string() }
        guard let node = map.take("site"), let named = node.string(), named != site else { return site }
        return node.refuse("expected '\(site)', whose schedules these are, or nothing")
    }

    private func timing(_ map: YAMLMap, zone: YAMLNode?) -> (timing: ScheduleTiming, zone: String)? {
        let (cron, every, from) = (map.take("cron"), map.take("every"), map.take("from"))
        let changes = map.take("clock_changes")
        let zoneName = zone.flatMap(Self.zoneName) ?? "UTC"
        if let every {
            if cron != nil { every.report("give either cron or every") }
            changes?.report("clocks do not matter to every; it goes with cron")
            return interval(every, from: from).map { ($0, zoneName) }
        }
        from?.report("it goes with every; expected every: 1d or the like beside it")
        guard let cron else { return map.node.refuse("one of the keys 'cron' and 'every' is missing") }
        guard let text = cron.string() else { return nil }
        if zone != nil, CronTiming.split(text).zone != nil { zone?.report("the cron expression names a zone already") }
        do throws(SyntaxError) {
            let policy = changes?.choice(of: CronTiming.ClockChanges.self) ?? .adjust
            let timing = try CronTiming(text, zone: zoneName, clockChanges: policy)
            return (.cron(timing), timing.zoneName)
        } catch {
            return cron.refuse(
                "not a cron expression such as '30 4 * * 1-5' or @daily: at character \(error.offset + 1), expected \(error.expected)"
            )
        }
    }

    private func interval(_ node: YAMLNode, from: YAMLNode?) -> ScheduleTiming? {
        guard let seconds = Self.wholeSeconds(node) else { return nil }
        guard let from else { return .every(seconds: seconds, from: 0) }
        guard let text = from.string() else { return nil }
        guard let start = W3CDateTime.parse(text) else {
            return from.refuse("expected a time such as 2026-01-31T04:00:00Z, found '\(text.prefix(40))'")
        }
        return .every(seconds: seconds, from: start)
    }

    private static func wholeSeconds(_ node: YAMLNode) -> Int64? {
        guard let duration = node.duration() else { return nil }
        let (seconds, rest) = duration.components
        return seconds > 0 && rest == 0 ? seconds : node.refuse("expected whole seconds, one at least")
    }

    private static func zoneName(_ node: YAMLNode) -> String? {
        guard let text = node.string() else { return nil }
        return CronTimeZone(text) != nil
            ? text : node.refuse("expected a time zone such as Asia/Tokyo or +09:00, found '\(text.prefix(40))'")
    }
}

extension ScheduleReader {
    /// Everything but name, site and time; read in any case, so that all mistakes are met.
    private func settings(_ map: YAMLMap, of schedule: Schedule?) -> Schedule? {
        let jitter = map.take("jitter").flatMap(Self.wholeSeconds)
        let windows = map.take("blackout")?.oneOrMore().compactMap(Self.window)
        let blackoutPolicy = map.take("blackout_policy")?.choice(of: Schedule.BlackoutPolicy.self)
        let catchUp = map.take("catch_up")?.choice(of: Schedule.CatchUp.self)
        let overlapNode = map.take("overlap")
        let overlap = overlapNode?.choice(of: Schedule.Overlap.self)
        let options = map.take("crawl").map(Self.options)
        let isEnabled = map.take("enabled")?.bool()
        if catchUp == .all, overlap == .skip { overlapNode?.report("catch_up: all needs overlap: wait") }
        guard var schedule else { return nil }
        schedule.jitter = jitter ?? 0
        schedule.blackouts = windows ?? []
        schedule.blackoutPolicy = blackoutPolicy ?? .move
        schedule.catchUp = catchUp ?? .latest
        schedule.overlap = overlap ?? .wait
        schedule.crawl = options ?? []
        schedule.isEnabled = isEnabled ?? true
        return schedule
    }

    private static func window(_ node: YAMLNode) -> BlackoutWindow? {
        guard let text = node.string() else { return nil }
        return BlackoutWindow(text)
            ?? node.refuse("expected hours like 22:00-06:00, perhaps with days like Sat,Sun or Mon-Fri behind them")
    }

    private static func options(_ node: YAMLNode) -> [Schedule.CrawlOption] {
        guard let map = node.map() else { return [] }
        let names = map.entries.compactMap { ScheduledCrawlOption(key: $0.key) }
        if names.contains(.yieldPages), !names.contains(.minYield) {
            node.report("yield_pages goes with min_yield; expected both")
        }
        return map.entries.flatMap { entry -> [Schedule.CrawlOption] in
            guard let option = ScheduledCrawlOption(key: entry.key) else {
                let known = ScheduledCrawlOption.allCases.map(\.rawValue)
                entry.keyNode.report(Spelling.message("unknown option of crawl", entry.key, expected: known))
                return []
            }
            return option.read(entry.value)
        }
    }
}

import CrawlDomain
import Fetching
import WebStandards

extension Configuration {
    /// Reads a configuration file.
    ///
    /// - Parameter name: How the file is called in messages.
    /// - Throws: Every mistake in it, by line and column.
    public init(name: String, bytes: [UInt8]) throws(YAMLError) {
        let file = try YAMLFile(name: name, bytes: bytes)
        self.init()
        if let map = file.root.map() { read(map) }
        try file.finish()
    }

    private mutating func read(_ map: YAMLMap) {
        mongodb = map.take("mongodb")?.string() ?? mongodb
        database = map.take("database")?.string() ?? database
        if let node = map.take("contact"), let text = node.string() {
            // It becomes part of the User-Agent, where nothing may end the line.
            let isPlain = text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
            if isPlain, text.hasPrefix("mailto:") || text.hasPrefix("https://") {
                contact = text
            } else {
                node.report("expected a contact like mailto:operator@example.org or https://example.org/crawler")
            }
        }
        for node in map.take("allowed_addresses")?.oneOrMore() ?? [] {
            guard let text = node.string() else { continue }
            if let block = AddressBlock(text) {
                allowedAddresses.append(block)
            } else {
                node.report("expected an address or a range like 127.0.0.0/8")
            }
        }
        certificateAuthorities = map.take("certificate_authorities")?.certificateFile()
        if let people = map.take("people")?.map() {
            inactiveAfter = people.take("inactive_after")?.duration(atLeast: .seconds(86_400))
            people.close()
        }
        if let sites = map.take("sites")?.map() {
            for entry in sites.entries {
                _ = sites.take(entry.key)
                guard let site = entry.value.map() else { continue }
                addSchedules(ScheduleReader(site: entry.key).read(site.take("schedules")), at: entry.keyNode)
                self.sites[entry.key] = Site(site)
            }
            sites.close()
        }
        if let node = map.take("schedules") { addSchedules(ScheduleReader(site: nil).read(node), at: node) }
        readChanges(map)
        readService(map)
        readSlow(map)
        map.close()
    }

    private mutating func addSchedules(_ added: [Schedule], at node: YAMLNode) {
        for schedule in added {
            if schedules.contains(where: { $0.name == schedule.name }) {
                node.report("there is a schedule '\(schedule.name)' already")
            }
            schedules.append(schedule)
        }
    }
}

extension Configuration.Site {
    fileprivate init(_ map: YAMLMap) {
        self.init()
        acknowledgedTerms = map.take("acknowledged_terms")?.day("the day on which you read the terms")
        delay = map.take("delay")?.duration()
        siteDelay = map.take("site_delay")?.duration()
        addressDelay = map.take("address_delay")?.duration()
        dailyBudget = map.take("daily_budget")?.int(in: Spider.Politeness.budgets)
        hostDailyBudget = map.take("host_daily_budget")?.int(in: Spider.Politeness.budgets)
        userNames = map.take("user_names")?.choice(of: Configuration.UserNames.self)
        if let origins = map.take("connect_to")?.map() {
            for entry in origins.entries {
                _ = origins.take(entry.key)
                guard let target = entry.value.string().flatMap(WebOrigin.init), let from = WebURL(entry.key) else {
                    entry.value.report("expected one origin for another: https://example.org: http://127.0.0.1:8001")
                    continue
                }
                connectTo[from.origin] = target
            }
            origins.close()
        }
        if let pages = map.take("pages")?.map() { self.pages = PageRetention(pages) }
        readNetwork(map)
        map.close()
    }
}

extension PageRetention {
    fileprivate init(_ map: YAMLMap) {
        self.init()
        if let node = map.take("keep"), let duration = node.duration() {
            // A page that goes before its site is crawled again was kept for nothing.
            if duration >= .seconds(3_600) {
                keep = duration
            } else {
                node.report("expected an hour at least, such as 90d")
            }
        }
        most = map.take("most")?.int(in: 1...1_000_000_000)
        map.close()
    }
}

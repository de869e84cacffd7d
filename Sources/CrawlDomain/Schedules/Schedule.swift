public import WebStandards

/// When a site is crawled again and again, and how.
public struct Schedule: Sendable, Hashable {
    /// What becomes of fires that nobody was there for.
    public enum CatchUp: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case none
        /// The last of them is made up for.
        case latest
        /// Every one is made up for, up to ``ScheduleFires/most`` of them.
        case all
    }

    /// What becomes of a fire whose site is being crawled by another fire.
    public enum Overlap: String, Sendable, Hashable, CaseIterable { case wait, skip }

    /// What becomes of a fire within a blackout: it moves to the end of it, or is dropped.
    public enum BlackoutPolicy: String, Sendable, Hashable, CaseIterable { case move, drop }

    /// One option of the crawl, as on the command line without the dashes.
    public struct CrawlOption: Sendable, Hashable {
        /// "limit".
        public let name: String
        /// Nil for a flag.
        public let value: String?

        /// An option.
        public init(name: String, value: String?) {
            self.name = name
            self.value = value
        }
    }

    /// Its name, unique among all schedules.
    public let name: String
    /// The site that is crawled.
    public let site: String
    /// When it fires.
    public var timing: ScheduleTiming
    /// The zone of blackouts and of what is shown.
    public var zone: CronTimeZone
    /// The zone's name.
    public var zoneName: String
    /// A fire starts up to so many seconds later; how much later is the same for whoever computes it.
    public var jitter: Int64 = 0
    /// When no run starts.
    public var blackouts: [BlackoutWindow] = []
    /// What becomes of fires in a blackout.
    public var blackoutPolicy = BlackoutPolicy.move
    /// What becomes of fires that nobody was there for.
    public var catchUp = CatchUp.latest
    /// What becomes of a fire while the site is being crawled by another one.
    public var overlap = Overlap.wait
    /// Options of the crawl.
    public var crawl: [CrawlOption] = []
    /// Whether it fires at all.
    public var isEnabled = true

    /// A schedule of defaults: no jitter, no blackout, the latest missed fire is made up for.
    public init(name: String, site: String, timing: ScheduleTiming, zone: CronTimeZone, zoneName: String) {
        self.name = name
        self.site = site
        self.timing = timing
        self.zone = zone
        self.zoneName = zoneName
    }

    /// The arguments of the crawl that is to run.
    ///
    /// - Parameter resumes: Whether it goes on with what an earlier run of the same fire left; then no start page is asked again.
    public func crawlArguments(resumes: Bool = false) -> [String] {
        let options = crawl.filter { !resumes || $0.name != "start" }.map { option in
            // Joined, so that a value that begins with a dash is no option.
            option.value.map { "--\(option.name)=\($0)" } ?? "--\(option.name)"
        }
        return [site] + options + (resumes ? ["--resume"] : [])
    }

    /// Everything that decides when it fires. When it changes, the schedule starts anew and owes no fire of the past.
    public var timingIdentity: String {
        let hours = blackouts.map(\.description).joined(separator: ",")
        let when =
            switch timing {
            case .cron(let cron): "cron \(cron.fields) \(cron.identity)"
            case .every(let seconds, let from): "every \(seconds) from \(from)"
            }
        return "\(when); zone \(zoneName); jitter \(jitter); blackout \(blackoutPolicy.rawValue) [\(hours)]; "
            + (isEnabled ? "on" : "off")
    }

    /// Changes with every part of the definition.
    public var definition: String {
        let rest = [site, catchUp.rawValue, overlap.rawValue] + crawlArguments()
        let text = rest.reduce(timingIdentity) { "\($0)\0\($1)" }
        return SHA256.hash(Array(text.utf8)).prefix(8).map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
    }
}

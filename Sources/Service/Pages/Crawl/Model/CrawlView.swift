import CrawlDomain
import Foundation
import Reports
import Storage

/// The crawl page without its frame: what the server renders and the script exchanges.
struct CrawlView: Sendable, Hashable {
    /// A number at the top.
    struct Tile: Sendable, Hashable {
        let label: String
        let value: String
        let tone: String
        let note: String?
    }

    /// A schedule.
    struct Planned: Sendable, Hashable {
        let name: String
        let site: String
        let when: String
        let zone: String
        let next: String?
        let later: String?
        let state: String?
        let last: String?
    }

    /// Somebody who follows the change log.
    struct Follower: Sendable, Hashable {
        let name: String
        let lag: String
        let parked: String?
        let error: String?
    }

    let tiles: [Tile]
    let sites: [SiteView]
    let moreSites: String?
    let schedules: [Planned]
    let hasSchedules: Bool
    let followers: [Follower]
    let hasFollowers: Bool
    let index: String
    /// What a screen reader is told when it changes: states, no numbers.
    let states: String
    /// The word of the operator's forms; nil for everybody else.
    let word: String?

    init(_ overview: CrawlOverview, word: String?) {
        let now = overview.takenAt
        // Where something goes on first, then where something was.
        sites = overview.sites.map { SiteView($0, now: now) }.sorted {
            ($0.isRunning ? 0 : $0.isKnown ? 1 : 2, $0.name) < ($1.isRunning ? 0 : $1.isKnown ? 1 : 2, $1.name)
        }
        moreSites = overview.moreSites > 0 ? Wording.count(overview.moreSites, "more site") : nil
        tiles = Self.tiles(overview)
        schedules = overview.schedules.map { Planned($0, now: now) }
        hasSchedules = !schedules.isEmpty
        followers = overview.consumers.map { Follower($0, newest: overview.newestChange) }
        hasFollowers = !followers.isEmpty
        index =
            overview.index.map { index in
                let lag = max(0, overview.newestChange - index.change)
                return "Version \(Wording.count(index.number)), of \(Wording.moment(index.publishedAt)), "
                    + (lag == 0 ? "knows every change" : "does not know \(Wording.count(lag, "change")) yet")
            } ?? "No version is loaded yet."
        let known = sites.filter(\.isKnown)
        states =
            known.isEmpty
            ? "nothing was crawled yet"
            : known.map { "\($0.name): \($0.label)\($0.isHeld ? ", publication is held" : "")" }.joined(separator: "; ")
        self.word = word
    }

    private static func tiles(_ overview: CrawlOverview) -> [Tile] {
        let live = overview.sites.flatMap { $0.report.running }.filter { !$0.isLost }
        let counts = overview.sites.reduce(into: [FrontierState: Int]()) {
            $0.merge($1.report.counts) { $0 + $1 }
        }
        let waiting = (counts[.due] ?? 0) + (counts[.leased] ?? 0) + (counts[.retry] ?? 0)
        let pages = overview.sites.reduce(0) { $0 + ($1.figures.pages.counts.last ?? 0) }
        let items = overview.sites.reduce(0) { $0 + ($1.items.counts.last ?? 0) }
        let held = overview.sites.filter(\.report.isHeld).map(\.report.site)
        let (dead, quarantined) = (counts[.dead] ?? 0, overview.sites.reduce(0) { $0 + $1.figures.quarantined })
        let parked = overview.consumers.reduce(0) { $0 + ($1.delivery?.parked.count ?? 0) }
        let lag = overview.index.map { max(0, overview.newestChange - $0.change) }
        return [
            Tile(
                label: "Crawls under way", value: Wording.count(live.count), tone: live.isEmpty ? "plain" : "good",
                note: nil),
            Tile(label: "Pages this hour", value: Wording.count(pages), tone: "plain", note: nil),
            Tile(label: "Items this hour", value: Wording.count(items), tone: "plain", note: "new or changed"),
            Tile(label: "URLs waiting", value: Wording.count(waiting), tone: "plain", note: nil),
            Tile(label: "Given up", value: Wording.count(dead), tone: dead > 0 ? "warn" : "plain", note: nil),
            Tile(
                label: "Sites held", value: Wording.count(held.count), tone: held.isEmpty ? "plain" : "bad",
                note: held.isEmpty ? nil : Wording.short(held.joined(separator: ", "), 60)),
            Tile(
                label: "Quarantined", value: Wording.count(quarantined), tone: quarantined > 0 ? "warn" : "plain",
                note: nil),
            Tile(
                label: "Dead letters", value: Wording.count(parked), tone: parked > 0 ? "warn" : "plain",
                note: "of webhooks"),
            Tile(
                label: "Index behind by", value: lag.map { Wording.count($0) } ?? "–",
                tone: lag == nil ? "warn" : "plain", note: lag == nil ? "no version" : "changes"),
        ]
    }
}

extension CrawlView.Planned {
    fileprivate init(_ planned: CrawlOverview.Planned, now: Date) {
        let schedule = planned.schedule
        name = Wording.short(schedule.name, 80)
        site = schedule.site
        when = Wording.short(schedule.timing.description, 80)
        zone = schedule.zoneName
        next = planned.next.first.map {
            "\(Wording.moment($0, schedule.zone)), in \(Wording.span($0.timeIntervalSince(now)))"
        }
        let rest = planned.next.dropFirst().map { Wording.moment($0, schedule.zone) }
        later = rest.isEmpty ? nil : "then \(rest.joined(separator: ", "))"
        state = !schedule.isEnabled ? "disabled" : planned.isPaused ? "paused" : planned.next.isEmpty ? "never" : nil
        last = planned.last.map {
            "\($0.state.rawValue) \(Wording.moment($0.time, schedule.zone))"
                + ($0.reason.map { ": \(Wording.short($0))" } ?? "")
        }
    }
}

extension CrawlView.Follower {
    fileprivate init(_ consumer: Consumer, newest: Int) {
        name = Wording.short(consumer.name, 80)
        lag = Wording.count(max(0, newest - consumer.change), "change")
        let count = consumer.delivery?.parked.count ?? 0
        parked = count > 0 ? Wording.count(count, "dead letter") : nil
        error = consumer.delivery?.error.map { Wording.short($0, 200) }
    }
}

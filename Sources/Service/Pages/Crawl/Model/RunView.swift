import CrawlDomain
import Reports
import Storage

/// A run, as the page shows it.
struct RunView: Sendable, Hashable {
    let id: String
    let state: String
    let tone: String
    /// Who runs it: machine and process.
    let owner: String?
    let started: String
    let lasted: String
    let reason: String?
    let pages: String
    /// "1,200 pages an hour".
    let pagesAnHour: String
    let itemsAnHour: String
    let items: String
    let notModified: String
    let failed: String
    /// How near it is to the fastest polite crawl: "98 %".
    let efficiency: String?
    /// When what waits will be had: "in 3 h".
    let left: String?

    init(_ sighting: RunLog.Sighting, leftSeconds: Double?) {
        let (run, counters) = (sighting.run, sighting.run.counters)
        id = run.id
        state = sighting.isLost ? "lost" : run.state.rawValue
        tone =
            switch (run.state, sighting.isLost) {
            case (.running, false): "good"
            case (.running, true), (.failed, _): "bad"
            case (.stopped, _): "warn"
            case (.finished, _): "plain"
            }
        owner = run.owner.map { Wording.short($0, 60) }
        started = Wording.moment(run.startedAt)
        let seconds = sighting.rate > 0 ? Double(counters.pages) / sighting.rate : 0
        lasted = Wording.span(seconds)
        reason =
            sighting.isLost
            ? "not heard of for \(Wording.span(sighting.age.inSeconds)): its process died"
            : run.reason.map { Wording.short($0, 300) }
        pages = Wording.count(counters.pages)
        items = Wording.count(counters.itemsWritten)
        let anHour = { (count: Int) in
            seconds > 0 ? Wording.count(Int((Double(count) / seconds * 3_600).rounded())) : "0"
        }
        pagesAnHour = anHour(counters.pages)
        itemsAnHour = anHour(counters.itemsWritten)
        notModified = Wording.count(counters.notModified)
        failed = Wording.count(counters.retries + counters.dead)
        efficiency = run.efficiency?.reached.map(Wording.share)
        left = leftSeconds.map { $0 < 1 ? "nothing waits" : "in \(Wording.span($0))" }
    }
}

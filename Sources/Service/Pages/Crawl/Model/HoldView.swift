import CrawlDomain
import Storage

/// A field that drifts, as the page shows it.
struct HoldView: Sendable, Hashable {
    /// Publication waits for it; else it is a note.
    let isHolding: Bool
    let page: String
    let field: String
    /// "filled in 12 % of items, 98 % is usual".
    let what: String
    let since: String
    let samples: [String]

    init(_ stored: StoredAlarm) {
        let alarm = stored.alarm
        isHolding = stored.isHolding
        (page, field) = (alarm.key.page, alarm.field)
        what =
            switch alarm.measure {
            case .filled:
                "filled in \(Wording.share(alarm.seen)) of items, \(Wording.share(alarm.expected)) is usual"
            case .repeated:
                "the same as on the page before in \(Wording.share(alarm.seen)), \(Wording.share(alarm.expected)) is usual"
            case .sizes:
                "sizes of about \(Wording.count(Int(min(alarm.seen, 1e15)))), \(Wording.count(Int(min(alarm.expected, 1e15)))) is usual"
            }
        since = Wording.moment(alarm.since)
        samples = alarm.samples.prefix(3).map { Wording.short($0.url, 200) }
    }
}

import CrawlDomain
import Storage

/// A part of a whole, as a piece of a bar.
struct ShareView: Sendable, Hashable {
    let label: String
    let count: String
    /// Names its colour.
    let tone: String
    /// In thousandths of the bar.
    let x: Int
    let width: Int

    /// - Parameter parts: In the order in which they are drawn.
    static func bar(_ parts: [(label: String, count: Int, tone: String)]) -> [ShareView] {
        let whole = max(1, parts.reduce(0) { $0 + $1.count })
        var before = 0
        return parts.map { part in
            let (start, end) = (before * 1_000 / whole, (before + part.count) * 1_000 / whole)
            before += part.count
            return ShareView(
                label: part.label, count: Wording.count(part.count), tone: part.tone, x: start, width: end - start)
        }
    }

    /// URLs by state, what is done first.
    static func queue(_ counts: [FrontierState: Int]) -> [ShareView] {
        let states: [(FrontierState, String, String)] = [
            (.done, "visited", "good"), (.leased, "under way", "accent"), (.due, "to be asked", "plain"),
            (.retry, "to be tried again", "warn"), (.dead, "given up", "bad"),
        ]
        return bar(states.map { ($0.1, counts[$0.0] ?? 0, $0.2) })
    }

    /// Visited pages by when their next visit is.
    static func freshness(_ turns: [FrontierCensus.Turn: Int]) -> [ShareView] {
        let kinds: [(FrontierCensus.Turn, String, String)] = [
            (.never, "not visited again", "plain"), (.later, "due in more than a week", "good"),
            (.thisWeek, "due within a week", "good"), (.today, "due within a day", "good"),
            (.soon, "due within an hour", "accent"), (.past, "overdue", "warn"),
            (.longAgo, "overdue for more than a day", "bad"),
        ]
        return bar(kinds.map { ($0.1, turns[$0.0] ?? 0, $0.2) }).filter { $0.count != "0" }
    }
}

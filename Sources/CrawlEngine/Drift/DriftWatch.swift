public import CrawlDomain
public import Foundation
import Synchronization
import WebStandards

/// Watches what pages give, field by field, for one run of a crawl; says so when it is no longer what it was.
///
/// Decides nothing about time or storage by itself: it is told both, and asked for what is to be stored.
public final class DriftWatch: Sendable {
    /// Items that are judged together.
    static let block = 20
    /// An alarm that goes on is told again after this time, for the hold may have been lifted meanwhile.
    private static let again: TimeInterval = 60

    fileprivate struct Watched {
        var fields: FieldGroup
        /// Items of the block under way, and how many of them are of pages that were read before.
        var items = 0
        var revisited = 0
        /// When the block's first item was read.
        var began: Date?
        /// Whether it is the run's first block.
        var isFirst = true
        /// Whether enough days are known that new pages may hold, too.
        let isOld: Bool
    }

    fileprivate struct State {
        var history: [StatisticsKey: [String: FieldStatistics]] = [:]
        /// What earlier runs have left of blocks under way.
        var left: [StatisticsKey: OpenBlock] = [:]
        var watched: [StatisticsKey: Watched] = [:]
        /// Days with statistics.
        var days: [StatisticsKey: Int] = [:]
        var waiting: [String: DriftAlarm] = [:]
        var told: [String: (at: Date, holds: Bool)] = [:]
        var raised: [DriftAlarm] = []
        var losses = LossWatch()
        /// When the blocks under way were stored last.
        var taken: Date?
    }

    private let state = Mutex(State())
    /// What each kind of page gives; kinds that give no items are not watched.
    private let kinds: [String: ItemType]

    /// Watches the pages of a spider.
    public init(spider: Spider) {
        kinds = spider.pages.reduce(into: [:]) { kinds, kind in kinds[kind.name] = kind.items.first?.type }
    }

    /// The days before that count, the nearer the more.
    public static let days = 28
    /// Those of kinds of pages of which so few are read that these days tell too little.
    static let daysOfScarce = 366
    private static let decay = 0.9
    /// A day counts no less for its age than for the items read since: a tenth for so many.
    private static let itemsOfDecay = 100.0
    /// Kinds of pages of which fewer items are known are scarce.
    private static let leastItems = 1_000.0
    /// Days after which new pages may hold as revisited ones do: a first crawl in several runs is over by then, or goes on as it did.
    fileprivate static let seasoning = 7

    /// Takes what was usual on the days before; to be called before anything is counted.
    public func load(_ statistics: [PageStatistics], now: Date) {
        let history = Self.history(statistics, now: now)
        let days = Dictionary(grouping: statistics, by: \.key).mapValues { Set($0.map(\.day)).count }
        state.withLock { ($0.history, $0.days) = (history, days) }
    }

    /// The kinds of pages of which these days tell little.
    func scarcePages(in days: [PageStatistics]) -> Set<String> {
        let known = days.reduce(into: [String: Double]()) { $0[$1.key.page, default: 0] += $1.items }
        return Set(kinds.keys.filter { known[$0] ?? 0 < Self.leastItems })
    }

    /// What was usual, from statistics by day.
    static func history(
        _ statistics: [PageStatistics], now: Date
    ) -> [StatisticsKey: [String: FieldStatistics]] {
        var history: [StatisticsKey: [String: FieldStatistics]] = [:]
        var newer: [StatisticsKey: Double] = [:]
        for day in statistics.sorted(by: { $0.day > $1.day }) {
            let age = Double(StatisticsDay.age(of: day.day, at: now))
            let factor = pow(decay, min(age, newer[day.key, default: 0] / itemsOfDecay))
            newer[day.key, default: 0] += day.items
            for (field, counted) in day.fields {
                history[day.key, default: [:]][field, default: .init()] += counted.scaled(by: factor)
            }
        }
        return history
    }

    /// Goes on with the blocks that earlier runs have begun; to be called before anything is counted.
    public func resume(_ blocks: [OpenBlock]) {
        state.withLock { $0.left = Dictionary(blocks.map { ($0.key, $0) }) { first, _ in first } }
    }

    /// The blocks under way, for another run to go on with; none where they were taken a short while ago.
    ///
    /// - Parameter isLast: The run has ended, and ``takeStatistics(site:at:isLast:)`` has learnt what may be.
    public func takeOpenBlocks(at now: Date, isLast: Bool = false) -> [OpenBlock] {
        state.withLock { state in
            if let last = state.taken, !isLast, now.timeIntervalSince(last) < Self.again { return [] }
            state.taken = now
            return state.watched.map { key, watched in
                // What does not occur in this run waits for one in which it does, while it is of the same block.
                let left = watched.isFirst ? state.left[key]?.fields ?? [:] : [:]
                var opened = watched.fields.opened(key.type)
                // Blocks that wait to be learnt would be learnt by this run, and after its death by the next one again.
                if !isLast { opened = opened.mapValues(\.withoutWaiting) }
                return OpenBlock(
                    key: key, items: watched.items, revisited: watched.revisited, began: watched.began,
                    fields: left.merging(opened) { $1 })
            }
        }
    }

    /// Whether pages of a kind should give items.
    func isWatched(_ page: String) -> Bool { kinds[page] != nil }

    /// What pages of a kind give in the first place; nil where they give no items.
    func mainType(of page: String) -> ItemType? { kinds[page] }

    /// Counts what a page gave.
    ///
    /// - Parameters:
    ///   - page: The kind of page that was expected.
    ///   - url: Where it was read.
    ///   - isRevisit: Whether the page was read before: what it lacks now, it had.
    public func note(_ extraction: Extraction, page: String, url: String, isRevisit: Bool, at now: Date) {
        let page = extraction.page ?? page
        guard let type = kinds[page], extraction.pageDrop.map({ Self.isUnread($0.reason) }) ?? true else { return }
        state.withLock { state in
            let key = StatisticsKey(page: page, type: type)
            let isRead: JSONValue = extraction.items.contains { $0.type == type } ? true : .null
            state.count(key) { $0.count(PageStatistics.itemField, isRead, url: url) }
            if isRead == .null { state.add(key, isRevisit: isRevisit, at: now) }
            for item in extraction.items {
                let key = StatisticsKey(page: page, type: item.type)
                state.count(key) { $0.count(item.fields, url: url) }
                state.add(key, isRevisit: isRevisit, at: now)
                if state.watched[key]?.items ?? 0 >= Self.block { state.close(key, at: now) }
            }
            if state.watched[key]?.items ?? 0 >= Self.block { state.close(key, at: now) }
        }
    }

    /// What the host is like, by a page whose items were refused because they would lose what is stored.
    func read(_ visit: VisitOutcome, lost fields: Set<String>) -> BlockWatch.Read {
        state.withLock { state in
            state.losses.read(lost: fields, kind: visit.visited.entry.page, isShorter: visit.isShorter)
        }
    }

    /// Whether a page should have given something and was not understood: others say what they are, and are no sign of a drift.
    static func isUnread(_ reason: DropReason) -> Bool {
        [.unknownPage, .wrongPage, .nothingFound, .notHTML, .notJSON].contains(reason)
    }

    /// Alarms to be stored before what was read is; they stay due until ``markTold(_:at:)`` is called of them.
    public func dueAlarms(at now: Date) -> [DriftAlarm] {
        state.withLock { state in
            state.waiting = state.waiting.filter { name, alarm in
                guard let told = state.told[name] else { return true }
                return alarm.holds && !told.holds || now.timeIntervalSince(told.at) >= Self.again
            }
            return state.waiting.values.sorted { $0.name < $1.name }
        }
    }

    /// Takes note that alarms are stored.
    public func markTold(_ alarms: [DriftAlarm], at now: Date) {
        state.withLock { state in
            for alarm in alarms {
                if state.waiting[alarm.name] == alarm { state.waiting[alarm.name] = nil }
                let held = state.told[alarm.name]?.holds ?? false
                state.told[alarm.name] = (now, held || alarm.holds)
                if let index = state.raised.firstIndex(where: { $0.name == alarm.name }) {
                    if !state.raised[index].holds { state.raised[index] = alarm }
                } else {
                    state.raised.append(alarm)
                }
            }
        }
    }

    /// The alarms of this run.
    public var raised: [DriftAlarm] { state.withLock { $0.raised } }

    /// Learns anew what is usual where the operator says that it is as it should be.
    public func accept(_ alarms: [DriftAlarm]) {
        state.withLock { state in
            for alarm in alarms {
                state.watched[alarm.key]?.fields.forget(alarm.field)
                state.told[alarm.name] = nil
            }
        }
    }

    /// What was learnt since the last time, to be added to the statistics of the day.
    ///
    /// - Parameter isLast: The run ends: what would be learnt only after more blocks is learnt now.
    public func takeStatistics(site: String, at now: Date, isLast: Bool = false) -> [PageStatistics] {
        let day = StatisticsDay.name(of: now)
        return state.withLock { state in
            var statistics: [PageStatistics] = []
            for key in Array(state.watched.keys) {
                if isLast { state.watched[key]?.fields.settle() }
                guard let fields = state.watched[key]?.fields.takeNews(), !fields.isEmpty else { continue }
                statistics.append(PageStatistics(site: site, key: key, day: day, fields: fields))
            }
            return statistics
        }
    }
}

extension DriftWatch.State {
    fileprivate mutating func count(_ key: StatisticsKey, _ body: (inout FieldGroup) -> Void) {
        if watched[key] == nil {
            let left = left[key]
            watched[key] = DriftWatch.Watched(
                fields: FieldGroup(history: history[key] ?? [:], open: left?.fields ?? [:]), items: left?.items ?? 0,
                revisited: left?.revisited ?? 0, began: left?.began, isOld: (days[key] ?? 0) >= DriftWatch.seasoning)
        }
        guard let index = watched.index(forKey: key) else { return }
        body(&watched.values[index].fields)
    }

    fileprivate mutating func add(_ key: StatisticsKey, isRevisit: Bool, at now: Date) {
        guard let index = watched.index(forKey: key) else { return }
        watched.values[index].items += 1
        watched.values[index].revisited += isRevisit ? 1 : 0
        if watched.values[index].began == nil { watched.values[index].began = now }
    }

    fileprivate mutating func close(_ key: StatisticsKey, at now: Date) {
        guard let index = watched.index(forKey: key) else { return }
        let block = watched.values[index]
        (watched.values[index].items, watched.values[index].revisited, watched.values[index].began) = (0, 0, nil)
        watched.values[index].isFirst = false
        let mayHold = block.isOld || 2 * block.revisited > block.items
        let alarms = watched.values[index].fields.close(key, from: block.began ?? now, at: now, mayHold: mayHold)
        // A hold is not taken back by a note.
        for alarm in alarms where alarm.holds || !(waiting[alarm.name]?.holds ?? false) { waiting[alarm.name] = alarm }
    }
}

public import CrawlDomain
import Foundation
import MongoDriver
import WebStandards

/// Commits visits to MongoDB: items, changes, raw pages and the URLs' new states in one transaction.
///
/// Links are written before it. That is idempotent, so a death in between only means that the page is asked again and gives the same links.
public struct MongoLedger: CrawlLedger {
    let database: AnimeDatabase
    /// How many links are taken.
    var budgets = LinkBudgets()
    /// The kinds of pages whose address names a person.
    var personalPages: Set<String> = []
    /// Which lists are too old to be taken in; nil for none.
    var inactivity: Inactivity?

    /// Stores items with their changes, raw pages, links and the new states of the URLs.
    public func commit(
        _ visits: [VisitOutcome], under lease: HostLease, wait: Duration, cause: ChangeCause, id: String
    ) async throws -> CommitSummary {
        let links = try await addLinks(of: visits, foundOn: lease)
        let fence = CommitFence(database: database, lease: lease, id: id, wait: wait)
        let (items, old) = parted(visits.flatMap(\.measuredItems))
        let writes = ItemWrites.merged(items, cause: cause)
        let absent = Self.absent(visits, writes)
        var (summary, absence) = (CommitSummary(), AbsenceBook.Decision())
        do throws(StorageError) {
            summary = try await write(writes, cause: cause) {
                (session) throws(StorageError) in
                try await fence.pass(session)
            } also: { (session) throws(StorageError) in
                absence = try await decide(on: absent, under: lease, cause: cause, session: session)
                return absence
            } after: { (session, clock, result) throws(StorageError) in
                try await finish(visits, result, absence, under: lease, session: session, clock: clock)
                try await fence.close(result.summary, session: session)
            }
        } catch {
            // The links may have come after the new holder looked for work on the host.
            if case .leaseLost = error { try await database.frontier.queues.wake([lease.frontierHost]) }
            guard case .committed(let before) = error else { throw error.asPortError }
            summary = before
        }
        summary.drops += PageArchive.tooLarge(visits) + old
        summary.linksAdded = links.added
        summary.refused = links.refused.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
        return summary
    }

    /// The items to store, and a drop for each list that is too old to be kept.
    private func parted(_ items: [Item]) -> (kept: [Item], old: [Drop]) {
        guard let inactivity else { return (items, []) }
        let detail = "its newest date is before \(inactivity.cutoff): people.inactive_after in the configuration"
        return (
            items.filter { !inactivity.applies(to: $0) },
            items.filter(inactivity.applies).map { Drop(.inactive, type: .user, key: $0.key, detail: detail) }
        )
    }

    /// What is absent after all of a batch: what one of its pages gives as a whole is there, unless another says that it is private.
    private static func absent(_ visits: [VisitOutcome], _ writes: [DocumentWriter.Write]) -> [AbsentItem] {
        let whole = Set(
            writes.compactMap { $0.item }.filter { !$0.extent.isAddition }
                .map { AbsentItem(type: $0.type, key: $0.key, isPrivate: false) })
        let absent = Set(visits.flatMap(\.absent))
        return absent.filter { item in
            item.isPrivate
                || !whole.contains(item)
                    && !absent.contains(AbsentItem(type: item.type, key: item.key, isPrivate: true))
        }
    }

    /// Gives the frontier what is within its budgets.
    private func addLinks(
        of visits: [VisitOutcome], foundOn lease: HostLease
    ) async throws -> (added: Int, refused: [LinkRefusal: Int]) {
        let links = visits.flatMap { visit in
            visit.discovered.map { FoundLink(url: $0, foundOn: visit.visited.entry.page) }
        }
        guard !links.isEmpty else { return (0, [:]) }
        let (book, now) = (BudgetBook(database: database, budgets: budgets), Date())
        let welcome = try await database.forgotten.without(links, amongPages: personalPages)
        var (admitted, refused) = try await book.admitted(welcome, on: now)
        let added = try await database.frontier.add(admitted, foundOn: lease)
        // Whoever is forgotten since the look before may have looked for URLs before these were there.
        let origins = Dictionary(links.map { ($0.url.fingerprint, $0.foundOn) }) { first, _ in first }
        let stays = try await database.forgotten.without(
            added.map { FoundLink(url: $0, foundOn: origins[$0.fingerprint] ?? "") }, amongPages: personalPages)
        if stays.count < added.count {
            let late = Set(added.map(\.fingerprint)).subtracting(stays.map(\.fingerprint))
            try await database.collection(.frontier).deleteMany(
                ["_id": ["$in": .array(late.map { .string($0.hex) })]])
        }
        let forgotten = links.count - welcome.count + added.count - stays.count
        if forgotten > 0 { refused[.forgotten] = forgotten }
        try await book.count(stays, on: now)
        return (stays.count, refused)
    }

    /// Stores items that no crawl fetched: an import, a second reading of stored pages.
    ///
    /// - Parameter deletions: Documents to delete; none of the items'.
    public func store(
        _ items: [Item], deleting deletions: [ItemIdentity] = [], cause: ChangeCause
    ) async throws -> CommitSummary {
        try await store(items, deleting: deletions, cause: cause) { _, _ in }
    }

    /// Stores items that no crawl fetched, deletes documents, and stores what belongs with them, in one transaction.
    func store(
        _ items: [Item], deleting deletions: [ItemIdentity] = [], cause: ChangeCause,
        also more: (MongoSession, CommitSummary) async throws(StorageError) -> Void
    ) async throws -> CommitSummary {
        let (kept, old) = parted(items)
        let writes = ItemWrites.merged(kept, cause: cause) + ItemWrites.deletions(of: deletions)
        var summary = try await write(writes, cause: cause) { _ in
        } after: { session, _, result throws(StorageError) in
            try await more(session, result.summary)
        }
        summary.drops += old
        return summary
    }

    /// Records a run's state and counters.
    public func record(_ run: CrawlRun) async throws { try await database.runs.record(run) }

    /// Writes documents and whatever belongs with them in one transaction; a document the server refuses is left out and named.
    func write<Passed>(
        _ writes: [DocumentWriter.Write], cause: ChangeCause,
        before: (MongoSession) async throws(StorageError) -> Passed,
        also more: (MongoSession) async throws(StorageError) -> AbsenceBook.Decision = { _ in .init() },
        after: (MongoSession, Passed, DocumentWriter.Result) async throws(StorageError) -> Void
    ) async throws(StorageError) -> CommitSummary {
        await database.transactions.take()
        defer { database.transactions.giveBack() }
        var writes = writes
        var refused: [Drop] = []
        while true {
            do throws(StorageError) {
                let (batch, left) = (writes, refused)
                return try await database.client.withTransaction { session throws(StorageError) in
                    let passed = try await before(session)
                    let writer = DocumentWriter(database: database, session: session, cause: cause, now: Date())
                    let absent = try await more(session)
                    let (welcome, forgotten) = try await database.forgotten.without(batch, session: session)
                    // What goes is not written beside.
                    let kept = welcome.filter { write in
                        !absent.deletions.contains { $0.key == write.key && $0.subject == write.subject }
                    }
                    var result = try await writer.write(kept + absent.deletions)
                    result.summary.deleted = result.changes.count { $0.operation == .delete }
                    result.summary.drops += left + forgotten + absent.postponed.map { $0.drop(isHeld: absent.isHeld) }
                    try await after(session, passed, result)
                    return result.summary
                }
            } catch .refused(let drop, let collection) {
                writes.removeAll { $0.key == drop.key && $0.collection.rawValue == collection }
                refused.append(drop)
            }
        }
    }

    private func decide(
        on absent: [AbsentItem], under lease: HostLease, cause: ChangeCause, session: MongoSession
    ) async throws(StorageError) -> AbsenceBook.Decision {
        guard !absent.isEmpty else { return .init() }
        let book = AbsenceBook(database: database, session: session, now: Date())
        let budget = RunBudget(database: database, session: session, run: cause.id)
        return try await StorageError.wrapping { () throws(MongoError) in
            try await book.take(absent, site: lease.frontierHost.site, budget: budget)
        }
    }

    /// Writes the URLs' new states and their raw pages.
    private func finish(
        _ visits: [VisitOutcome], _ result: DocumentWriter.Result, _ absence: AbsenceBook.Decision,
        under lease: HostLease, session: MongoSession, clock: ServerClock
    ) async throws(StorageError) {
        let changes = Dictionary(grouping: result.changes, by: \.key)
        let drops = result.summary.drops
        let refused = Set(drops.filter { $0.reason == .poorerThanStored }.compactMap(\.identity))
        let traces = try await StorageError.wrapping { () throws(MongoError) in
            try await database.forgotten.traces(in: visits, amongPages: personalPages, session: session)
        }
        let models = visits.map { visit in
            let filter: BSONDocument = [
                "_id": .string(visit.visited.entry.fingerprint.hex), "state": "leased",
                "token": .int64(Int64(lease.token)),
            ]
            if traces.addresses.contains(visit.visited.entry.fingerprint) { return WriteModel.deleteOne(filter) }
            return WriteModel.updateOne(
                filter,
                .operators(
                    FrontierDocument.update(
                        for: absence.retried(visit).retriedIfEarly(drops).retriedIfRefused(refused),
                        dropped: drops, changes: changes, clock: clock)))
        }
        let moved = visits.compactMap(\.newPlace)
        try await StorageError.wrapping { () throws(MongoError) in
            try await database.collection(.frontier).bulkWrite(models, ordered: false, session: session)
                .throwIfAnyRowFailed()
            let unwelcome = visits.filter { traces.pages.contains($0.visited.entry.fingerprint) }
            let kept = visits.filter { !traces.pages.contains($0.visited.entry.fingerprint) }
            try await database.pages.save(kept, refusing: refused, session: session)
            // What was kept of before goes too: it would be older than what is stored.
            try await database.pages.remove(
                kept.filter(absence.isGone) + unwelcome.filter { $0.page != nil || absence.isGone($0) },
                session: session)
            try await database.frontier.addHosts(
                Dictionary(moved.map { ($0.host.host, $0.scheme) }) { first, _ in first }, session: session)
            try await database.frontier.queues.wake(Set(moved.map(\.host)), session: session)
        }
    }
}

extension VisitOutcome {
    /// A page that adds to a document may be read before the page that makes it, where a death in between left both to be asked: it is
    /// asked again soon, a few times.
    fileprivate func retriedIfEarly(_ drops: [Drop]) -> VisitOutcome {
        guard disposition.isDone, visited.attempts < Self.earlyAttempts else { return self }
        let early = Set(drops.filter { $0.reason == .nothingToAddTo }.compactMap(\.key))
        guard items.contains(where: { $0.extent.isAddition && early.contains($0.key) }) else { return self }
        var visit = self
        visit.disposition = .retry(
            at: decidedAt.addingTimeInterval(1), reason: DropReason.nothingToAddTo.rawValue)
        visit.revalidation = nil
        return visit
    }

    private static let earlyAttempts = 3

    /// A page that is refused for what it lacks is asked again when the site may be well, a few times; that nothing has changed says nothing
    /// of how often it does.
    fileprivate func retriedIfRefused(_ refused: Set<ItemIdentity>) -> VisitOutcome {
        guard disposition.isDone, isRefused(refused) else { return self }
        var visit = self
        visit.revisit = nil
        guard visited.attempts < Self.earlyAttempts else { return visit }
        visit.disposition = .retry(
            at: decidedAt.addingTimeInterval(Self.recovery), reason: DropReason.poorerThanStored.rawValue)
        return visit
    }

    /// Illnesses of a site last hours.
    private static let recovery: TimeInterval = 6 * 3_600

    /// The items, with what is known of the page's length.
    fileprivate var measuredItems: [Item] {
        guard isShorter == true else { return items }
        return items.map { item in
            var item = item
            item.isFromShorterPage = true
            return item
        }
    }

    /// The host that a URL has moved to.
    fileprivate var newPlace: (host: FrontierHost, scheme: String)? {
        guard case .moved(let url) = disposition else { return nil }
        return (FrontierHost(site: visited.entry.site, host: url.politenessHost), url.scheme)
    }
}

extension AbsentItem {
    /// That it would have gone, and was kept.
    fileprivate func drop(isHeld: Bool) -> Drop {
        let reason =
            isHeld
            ? "the site is held, and nothing is believed meanwhile"
            : "this run has deleted as much as one run may, and the site may be ill"
        return Drop(.gone, type: type, key: key, detail: "to be deleted; kept, for \(reason)")
    }
}

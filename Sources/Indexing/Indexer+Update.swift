import CrawlDomain
public import Storage
import WebStandards

extension Indexer {
    /// Topics are fitted anew when this part of the descriptions has changed since.
    private static let topicDrift = 0.1
    /// The same while more changes are waiting.
    private static let greatestTopicDrift = 0.5

    /// Folds in the changes there are since the newest version; publishes only when there are any.
    ///
    /// What is written meanwhile is the next call's, so that a crawl at full speed does not keep a version from being published.
    ///
    /// - Returns: The newest version now, and how many changes were folded in.
    public func update() async throws -> (version: IndexVersion, changes: Int) {
        var attempt = 1
        while true {
            do {
                return try await updateOnce()
            } catch IndexStoreError.overtaken where attempt < Self.maximumAttempts {
                // Another indexer published first: what it folded in is loaded, the rest is folded in again.
                letGo()
                attempt += 1
            } catch IndexStoreError.missingChunk where attempt < Self.maximumAttempts {
                // Versions were dropped while one was read; or the index is not whole, and then it is so the next time, too.
                letGo()
                attempt += 1
            } catch is HoldBegan where attempt < Self.maximumAttempts {
                attempt += 1
            }
        }
    }

    private func updateOnce() async throws -> (version: IndexVersion, changes: Int) {
        guard let newest = try await database.index.newest(), newest.format == IndexState.format else {
            return (try await build(), 0)
        }
        try await catalogue.catchUp()
        let held = try await database.drift.heldSites()
        let lifted = newest.held.filter { !held.contains($0.key) }
        let log = try await database.changes.identity()
        let isContinued = try await database.changes.continues(after: newest.change, of: newest.log)
        let end = try await database.changes.newest()
        guard end > newest.change || !lifted.isEmpty || !isContinued else { return (newest, 0) }
        var states = [try await takeState(newest)]
        var fold = ChangeFold(
            database: database, reader: try storyReader(), held: HeldKeys(held), heldBytes: heldListBytes)
        if isContinued {
            // What was left out while a site was held is folded in from where it was left; what is done twice does no harm.
            let start = min(newest.change, lifted.values.min() ?? newest.change)
            try await fold.take(after: start, upTo: end, into: &states)
        } else {
            // Its own position may be as wrong.
            if held.isEmpty { try await catalogue.rebuild(cause: ChangeCause(.catalog, id: "change log lost")) }
            try await fold.compareAll(with: &states[0])
        }
        var state = states.removeLast()
        let drift = Double(state.topicsChanges) / Double(max(state.anime.liveCount, 1))
        // While more is waiting, as during a first crawl, a version comes first; descriptions are folded in until then.
        let isBusy = try await database.changes.newest() > end
        if drift > (isBusy ? Self.greatestTopicDrift : Self.topicDrift) { state = try await withTopics(state) }
        state = try await solved(state)
        // What was read may be from after a hold that began meanwhile.
        guard try await database.drift.heldSites() == held else { throw HoldBegan() }
        // A number of another log says nothing: of what is held all is still to come.
        let leftOut = Dictionary(
            uniqueKeysWithValues: held.map { ($0, isContinued ? newest.held[$0] ?? newest.change : 0) })
        let version = try await publish(
            state, change: isContinued ? max(end, newest.change) : end, log: log, held: leftOut, built: "update",
            after: newest)
        return (version, fold.count)
    }

    /// A site is held, or no longer, since something was read.
    private struct HoldBegan: Error, CustomStringConvertible {
        var description: String { "holds begin and end faster than the index is computed; try again" }
    }

    private func withTopics(_ state: IndexState) async throws -> IndexState {
        let reader = try StoryReader()
        try await database.catalogue.forEachAnime { _ = reader.terms(of: $0) }
        let words = reader.words
        return try await apart(state) { $0.fitTopics(words: words) }
    }
}

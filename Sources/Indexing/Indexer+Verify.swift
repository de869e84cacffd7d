import CrawlDomain
import Recommender
import Storage

extension Indexer {
    /// Works the index out anew and compares it with the published one, byte by byte.
    ///
    /// Changes not folded in yet are folded in first. What is written while the collections are read is folded into both, from one
    /// reading, so that both are of the same moment; nothing needs to stand still.
    ///
    /// - Throws: ``IndexError/held(sites:)`` while a site's publication is held: the index is older than the collections on purpose.
    public func verify() async throws -> IndexVerification {
        for _ in 1..<Self.maximumAttempts {
            if let verification = try await verifyOnce() { return verification }
        }
        throw IndexError(
            .busy, "anime are added faster than the index can be compared; try again when no crawl is running")
    }

    /// Nil when anime were added meanwhile, whose numbers would differ.
    private func verifyOnce() async throws -> IndexVerification? {
        try await requireNoHold()
        let version = try await update().version
        letGo()
        let numbers = try await IndexNumbers(of: version, in: database.index)
        let rebuilt = try await collected(numbersOf: numbers, known: Set(version.parts["lists"] ?? [])).state
        try await requireNoHold()
        let published = try await IndexState(version, from: database.index)
        let weights = try await weights(of: published)
        var states = [published, rebuilt]
        let end = try await database.changes.newest()
        var fold = ChangeFold(
            database: database, reader: try storyReader(), held: HeldKeys([]), heldBytes: .max)
        try await fold.take(after: version.change, upTo: end, into: &states)
        guard states[0].hasNumbers(of: states[1]) else { return nil }
        let hashes = states.map { $0.parts.mapValues(Self.hash) }
        let parts = hashes[0].sorted { $0.key < $1.key }.map { name, published -> IndexVerification.Part in
            switch name {
            case "weights":
                IndexVerification.Part(name: name, source: .parts, published: published, rebuilt: weights)
            case "topics": IndexVerification.Part(name: name, source: .history, published: published, rebuilt: nil)
            default:
                IndexVerification.Part(
                    name: name, source: .collections, published: published, rebuilt: hashes[1][name])
            }
        }
        return IndexVerification(
            version: version.number, change: max(end, version.change), parts: parts, gramDigest: states[0].gramDigest)
    }

    /// What the weights of a state are, fitted for the first time.
    private func weights(of state: IndexState) async throws -> String {
        letGoOfSolver()
        return Self.hash(try await solved(state).parts["weights"] ?? [])
    }

    private static func hash(_ chunks: [IndexChunk]) -> String {
        IndexChunk.hash(of: chunks.flatMap { Array($0.hash.utf8) })
    }
}

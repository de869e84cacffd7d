import CrawlDomain
import Foundation
import MongoDriver

/// Marks items whose page says that there is none, and tells which of them may go.
struct AbsenceBook {
    let database: AnimeDatabase
    let session: MongoSession
    let now: Date

    /// What becomes of absent items.
    struct Decision {
        var deletions: [DocumentWriter.Write] = []
        /// Items that would go, were it not for the run's limit.
        var postponed: [AbsentItem] = []
        /// Whether they wait because the site is held.
        var isHeld = false

        /// How long those wait: for another run, which may delete again.
        private static let postponement: TimeInterval = 6 * 3_600

        /// A visit with the time of the next one, where its item waits to be deleted.
        func retried(_ visit: VisitOutcome) -> VisitOutcome {
            guard case .done = visit.disposition, visit.absent.contains(where: postponed.contains) else { return visit }
            var visit = visit
            let next = visit.decidedAt.addingTimeInterval(Self.postponement)
            visit.disposition = .postponed(until: next, reason: "deletion_postponed")
            return visit
        }

        /// Whether what a visit's page gave before is to go: what is private at once, all else with its item.
        func isGone(_ visit: VisitOutcome) -> Bool {
            visit.absent.contains { item in
                item.isPrivate
                    || deletions.contains { $0.key == item.key && $0.subject == ChangeSubject(item.type) }
            }
        }
    }

    /// Marks absent items that are stored, in the transaction of their visits.
    ///
    /// That private items go is a promise, and no sign that a site is ill: it has no limit. Of the others none goes while the site is held.
    ///
    /// - Parameter site: Whose pages say so.
    func take(_ absent: [AbsentItem], site: String, budget: RunBudget) async throws(MongoError) -> Decision {
        var decision = Decision()
        // Asked for where something is to go, which is seldom.
        var left: Int?
        var counted = 0
        for (type, group) in Dictionary(grouping: Set(absent), by: \.type) {
            let collection = CollectionName(type)
            let keys = BSONValue.array(group.map { .string($0.key) })
            let found = try await database.collection(collection).find(
                ["_id": ["$in": keys]], FindOptions(projection: ["absence": 1]), session: session
            ).all()
            let stored = Dictionary(found.map { ($0["_id"]?.stringValue ?? "", $0) }) { first, _ in first }
            for item in group.sorted(by: { $0.key < $1.key }) {
                guard let document = stored[item.key] else { continue }
                let absence = Self.absence(document)?.confirmed(at: now) ?? Absence(firstSeen: now)
                if item.isPrivate || absence.isCertain(at: now) {
                    if !item.isPrivate, left == nil {
                        decision.isHeld = try await database.drift.heldSites(session: session).contains(site)
                        left = decision.isHeld ? 0 : try await budget.remaining(of: site)
                    }
                    if item.isPrivate || counted < left ?? 0 {
                        counted += item.isPrivate ? 0 : 1
                        decision.deletions.append(
                            DocumentWriter.Write(
                                subject: ChangeSubject(type), collection: collection, key: item.key, fields: nil))
                        continue
                    }
                    decision.postponed.append(item)
                }
                try await database.collection(collection).updateOne(
                    ["_id": .string(item.key)],
                    [
                        "$set": [
                            "absence": [
                                "first_seen": .date(absence.firstSeen), "visits": .int64(Int64(absence.visits)),
                            ]
                        ]
                    ], session: session)
            }
        }
        try await budget.spend(counted, of: site, at: now)
        return decision
    }

    private static func absence(_ document: BSONDocument) -> Absence? {
        guard let absence = document["absence"]?.documentValue, let first = absence["first_seen"]?.dateValue else {
            return nil
        }
        return Absence(firstSeen: first, visits: absence["visits"]?.intValue ?? 1)
    }
}

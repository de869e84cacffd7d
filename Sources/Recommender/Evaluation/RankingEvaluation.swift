import Glibc

/// Scores recommendation lists against held-out ratings, by full ranking: every item of the catalogue that a person has not rated is a
/// candidate.
///
/// Known items, doubles and items outside the catalogue are skipped and the ranks close up. A person with relevant items and without a
/// list scores 0.
///
/// Source of the measures: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
public struct RankingEvaluation: Sendable {
    private let liked: [Int: Set<Int>]
    private let any: [Int: Set<Int>]
    private let seen: [Int: Set<Int>]
    private let catalogue: Set<Int>
    private static let listLength = 100

    /// - Parameters:
    ///   - test: Held-out ratings.
    ///   - seen: What the same people are known to have rated.
    ///   - catalogue: The items that can be recommended.
    ///   - likedThreshold: The least rating of a liked item.
    public init(test: [Rating], seen: [Rating], catalogue: Set<Int>, likedThreshold: Double = 8) {
        liked = Self.itemsByUser(test.filter { $0.value >= likedThreshold })
        any = Self.itemsByUser(test)
        self.seen = Self.itemsByUser(seen)
        self.catalogue = catalogue
    }

    /// The people who are scored, ascending.
    public var users: [Int] { any.keys.sorted() }

    /// Scores lists, best item first; 100 items are enough.
    public func metrics(of lists: [Int: [Int]]) -> RankingMetrics {
        var metrics = RankingMetrics()
        var covered: Set<Int> = []
        for user in users {
            let list = cleaned(lists[user] ?? [], of: user, dropped: &metrics.dropped)
            covered.formUnion(list.prefix(10))
            if let relevant = liked[user] { metrics.liked.add(list, relevant) }
            if let relevant = any[user] { metrics.any.add(list, relevant) }
        }
        metrics.liked.divide()
        metrics.any.divide()
        metrics.coverage10 = Double(covered.count) / Double(max(1, catalogue.count))
        return metrics
    }

    private func cleaned(_ list: [Int], of user: Int, dropped: inout Int) -> [Int] {
        var unwanted = seen[user] ?? []
        var kept: [Int] = []
        for item in list where kept.count < Self.listLength {
            if catalogue.contains(item), unwanted.insert(item).inserted { kept.append(item) } else { dropped += 1 }
        }
        return kept
    }

    private static func itemsByUser(_ ratings: [Rating]) -> [Int: Set<Int>] {
        ratings.reduce(into: [:]) { $0[$1.user, default: []].insert($1.item) }
    }
}

extension RankingMetrics.Averages {
    fileprivate mutating func add(_ list: [Int], _ relevant: Set<Int>) {
        let hits = list.map(relevant.contains)
        users += 1
        ndcg10 += Self.ndcg(hits, 10, relevant.count)
        ndcg100 += Self.ndcg(hits, 100, relevant.count)
        recall20 += Self.recall(hits, 20, relevant.count)
        recall50 += Self.recall(hits, 50, relevant.count)
    }

    fileprivate mutating func divide() {
        let count = Double(max(1, users))
        ndcg10 /= count
        ndcg100 /= count
        recall20 /= count
        recall50 /= count
    }

    private static func ndcg(_ hits: [Bool], _ length: Int, _ relevant: Int) -> Double {
        var (gain, ideal) = (0.0, 0.0)
        for (rank, isHit) in hits.prefix(length).enumerated() where isHit { gain += 1 / log2(Double(rank + 2)) }
        for rank in 0..<min(length, relevant) { ideal += 1 / log2(Double(rank + 2)) }
        return gain / ideal
    }

    private static func recall(_ hits: [Bool], _ length: Int, _ relevant: Int) -> Double {
        Double(hits.prefix(length).count { $0 }) / Double(min(length, relevant))
    }
}

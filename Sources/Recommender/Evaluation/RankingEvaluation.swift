import Glibc

/// Scores recommendation lists against held-out ratings, by full ranking: every item of the catalogue that a person has not rated is a
/// candidate.
///
/// Known items, repeated ones and items outside the catalogue are skipped and the ranks close up. A person with relevant items and
/// without a list scores 0.
///
/// Source of the measures: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
public struct RankingEvaluation: Sendable {
    /// What is held out.
    public let test: RatingLists
    /// What the same people are known to have rated.
    public let seen: RatingLists
    /// The items that can be recommended, ascending.
    public let catalogue: [Int32]
    /// The least rating of a liked item.
    public let likedThreshold: Double
    /// The people who are scored, ascending: those with held-out ratings.
    public let users: [Int]
    private let isInCatalogue: [Bool]
    private let ratingCounts: [Int]
    /// How many items of a list count.
    public static let listLength = 100

    /// - Parameters:
    ///   - test: Held-out ratings.
    ///   - seen: What the same people, by the same numbers, are known to have rated.
    ///   - catalogue: The items that can be recommended.
    ///   - ratingCounts: How many ratings each item has; as many values as there are items.
    ///   - likedThreshold: The least rating of a liked item.
    public init(
        test: RatingLists, seen: RatingLists, catalogue: some Sequence<Int32>, ratingCounts: [Int],
        likedThreshold: Double = 8
    ) {
        self.test = test
        self.seen = seen
        self.ratingCounts = ratingCounts
        self.likedThreshold = likedThreshold
        users = (0..<test.userCount).filter { !test[$0].isEmpty }
        var isInCatalogue = Array(repeating: false, count: ratingCounts.count)
        for item in catalogue where item >= 0 && item < isInCatalogue.count { isInCatalogue[Int(item)] = true }
        self.isInCatalogue = isInCatalogue
        self.catalogue = isInCatalogue.indices.filter { isInCatalogue[$0] }.map { Int32($0) }
    }

    /// How many items there are.
    public var itemCount: Int { ratingCounts.count }

    /// Scores lists, best item first; 100 items are enough.
    ///
    /// - Parameter lists: One list for each of `users`; those that are missing at the end are empty.
    public func metrics(of lists: [[Int32]]) -> RankingMetrics {
        var metrics = RankingMetrics()
        var (covered, recommended, popularity) = (Array(repeating: false, count: itemCount), 0, 0)
        // The number of the person that an item was last marked for.
        var marks = (unwanted: Array(repeating: -1, count: itemCount), relevant: Array(repeating: -1, count: itemCount))
        for (place, user) in users.enumerated() {
            for item in seen[user].items { marks.unwanted[Int(item)] = place }
            var list: [Int32] = []
            for item in place < lists.count ? lists[place] : [] where list.count < Self.listLength {
                let isKept = isInCatalogue[Int(item)] && marks.unwanted[Int(item)] != place
                marks.unwanted[Int(item)] = place
                if isKept { list.append(item) } else { metrics.dropped += 1 }
            }
            for item in list.prefix(10) {
                covered[Int(item)] = true
                popularity += ratingCounts[Int(item)]
                recommended += 1
            }
            let hits = list.map { hit($0, of: user) }
            var relevant = (liked: 0, any: 0)
            count(user, &marks.relevant, place, &relevant)
            metrics.liked.add(hits.map { $0 == .liked }, relevant.liked)
            metrics.any.add(hits.map { $0 != .none }, relevant.any)
        }
        metrics.liked.divide()
        metrics.any.divide()
        metrics.coverage10 = Double(covered.count { $0 }) / Double(max(1, catalogue.count))
        metrics.popularity10 = Double(popularity) / Double(max(1, recommended))
        return metrics
    }

    private enum Hit { case none, any, liked }

    private func hit(_ item: Int32, of user: Int) -> Hit {
        let list = test[user]
        var (low, high) = (list.items.startIndex, list.items.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if list.items[middle] < item { low = middle + 1 } else { high = middle }
        }
        var hit = Hit.none
        while low < list.items.endIndex, list.items[low] == item {
            if hit != .liked { hit = list.values[low] >= likedThreshold ? .liked : .any }
            low += 1
        }
        return hit
    }

    /// Counts a person's relevant items, each once.
    private func count(_ user: Int, _ marks: inout [Int], _ place: Int, _ relevant: inout (liked: Int, any: Int)) {
        let list = test[user]
        for item in list.items where marks[Int(item)] != place {
            marks[Int(item)] = place
            relevant.any += 1
            if hit(item, of: user) == .liked { relevant.liked += 1 }
        }
    }
}

extension RankingMetrics.Averages {
    fileprivate mutating func add(_ hits: [Bool], _ relevant: Int) {
        guard relevant > 0 else { return }
        users += 1
        let first = Self.ndcg(hits, 10, relevant)
        ndcg10ByUser.append(first)
        ndcg10 += first
        ndcg100 += Self.ndcg(hits, 100, relevant)
        recall20 += Self.recall(hits, 20, relevant)
        recall50 += Self.recall(hits, 50, relevant)
    }

    fileprivate mutating func divide() {
        let count = Double(max(1, users))
        ndcg10 /= count
        ndcg100 /= count
        recall20 /= count
        recall50 /= count
        let squares = ndcg10ByUser.reduce(0) { $0 + ($1 - ndcg10) * ($1 - ndcg10) }
        ndcg10Error = (squares / Double(max(1, users - 1)) / count).squareRoot()
    }

    private static func ndcg(_ hits: [Bool], _ length: Int, _ relevant: Int) -> Double {
        var (gain, ideal) = (0.0, 0.0)
        for (rank, isHit) in hits.prefix(length).enumerated() where isHit { gain += discounts[rank] }
        for rank in 0..<min(length, relevant) { ideal += discounts[rank] }
        return gain / ideal
    }

    /// What a hit at each rank counts.
    static let discounts = (0..<RankingEvaluation.listLength).map { 1 / log2(Double($0 + 2)) }

    private static func recall(_ hits: [Bool], _ length: Int, _ relevant: Int) -> Double {
        Double(hits.prefix(length).count { $0 }) / Double(min(length, relevant))
    }
}

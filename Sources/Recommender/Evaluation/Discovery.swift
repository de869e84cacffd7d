/// How much of lists is new to people: not of a series that they know, and one of each series.
public struct Discovery: Sendable {
    /// What came of it.
    public struct Metrics: Sendable, Hashable {
        /// The share of the first 10 that belongs to a series which the person has rated something of.
        public let ownSeriesShare: Double
        /// Normalised discounted cumulative gain of the first 10 series that are new to the person.
        public let ndcg10: Double
        /// How many people like something new to them.
        public let users: Int
    }

    private let evaluation: RankingEvaluation
    /// Item → its series.
    public let series: [Int32]
    private let seriesCount: Int

    /// - Parameters:
    ///   - evaluation: What is held out and what is known.
    ///   - titles: One per item; an item with an empty title is a series of its own.
    public init(_ evaluation: RankingEvaluation, titles: [String]) {
        precondition(titles.count == evaluation.itemCount, "one title per item")
        self.evaluation = evaluation
        var numbers: [String: Int32] = [:]
        var count: Int32 = 0
        series = titles.map { title in
            let key = SeriesTitle.key(of: title)
            if !title.isEmpty, let known = numbers[key] { return known }
            if !title.isEmpty { numbers[key] = count }
            defer { count += 1 }
            return count
        }
        seriesCount = Int(count)
    }

    /// Scores for a list of what is new to a person: of each series that they know nothing of its best item, after members have lifted one
    /// another; everything else has none.
    ///
    /// - Parameters:
    ///   - scores: One score per item.
    ///   - user: The person, by the evaluation's number.
    ///   - lift: How members of a series lift one another.
    public func scores(_ scores: [Float], of user: Int, lift: SeriesLift = SeriesLift()) -> [Float] {
        let seen = evaluation.seen[user].items
        let lifted = lift.scores(scores, series: series, without: seen)
        var best = Array(repeating: Int32(-1), count: seriesCount)
        for item in evaluation.catalogue {
            let number = Int(series[Int(item)])
            if best[number] < 0 || lifted[Int(item)] > lifted[Int(best[number])] { best[number] = item }
        }
        for item in seen { best[Int(series[Int(item)])] = -1 }
        var result = Array(repeating: -Float.infinity, count: scores.count)
        for item in best where item >= 0 { result[Int(item)] = lifted[Int(item)] }
        return result
    }

    /// Measures lists, best item first, one for each of the evaluation's people.
    public func metrics(of lists: [[Int32]]) -> Metrics {
        // The number of the person for whom a series was last marked as known, found relevant, or shown.
        var marks = Marks(count: seriesCount)
        var (own, shown, gain, users) = (0, 0, 0.0, 0)
        for (place, user) in evaluation.users.enumerated() {
            let list = place < lists.count ? lists[place] : []
            marks.next()
            for item in evaluation.seen[user].items { marks.know(series[Int(item)]) }
            if !list.isEmpty { shown += 10 }
            own += list.prefix(10).count { marks.isKnown(series[Int($0)]) }
            let relevant = markRelevant(user, &marks)
            guard relevant > 0 else { continue }
            users += 1
            gain += Self.ndcg(list, series, relevant, &marks)
        }
        return Metrics(
            ownSeriesShare: Double(own) / Double(max(1, shown)), ndcg10: gain / Double(max(1, users)), users: users)
    }

    private func markRelevant(_ user: Int, _ marks: inout Marks) -> Int {
        let list = evaluation.test[user]
        var relevant = 0
        for (item, value) in zip(list.items, list.values) where value >= evaluation.likedThreshold {
            if marks.want(series[Int(item)]) { relevant += 1 }
        }
        return relevant
    }

    private static func ndcg(_ list: [Int32], _ series: [Int32], _ relevant: Int, _ marks: inout Marks) -> Double {
        var (rank, gain, ideal) = (0, 0.0, 0.0)
        for item in list where rank < 10 && !marks.isKnown(series[Int(item)]) {
            if marks.isWanted(series[Int(item)]) { gain += RankingMetrics.Averages.discounts[rank] }
            marks.know(series[Int(item)])
            rank += 1
        }
        for rank in 0..<min(10, relevant) { ideal += RankingMetrics.Averages.discounts[rank] }
        return gain / ideal
    }

    /// Which series a person knows and which would be good news; emptied for the next person at no cost.
    private struct Marks {
        private var known: [Int32]
        private var wanted: [Int32]
        private var person: Int32 = 0

        init(count: Int) {
            known = Array(repeating: 0, count: count)
            wanted = known
        }

        mutating func next() { person += 1 }
        mutating func know(_ series: Int32) { known[Int(series)] = person }
        func isKnown(_ series: Int32) -> Bool { known[Int(series)] == person }
        func isWanted(_ series: Int32) -> Bool { wanted[Int(series)] == person }

        /// Whether that is news: the series is not known, and was not wanted yet.
        mutating func want(_ series: Int32) -> Bool {
            guard !isKnown(series), !isWanted(series) else { return false }
            wanted[Int(series)] = person
            return true
        }
    }
}

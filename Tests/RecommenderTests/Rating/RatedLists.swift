import TestSupport

@testable import Recommender

/// Seeded ratings with something to learn: people have levels, items effects, and items of one group are liked together.
enum RatedLists {
    static func random(
        _ count: Int, items: Int, ratings: Int, groups: Int = 4, seed: UInt64, factor: Float = 1
    ) -> [RatedList] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let level = Double.random(in: 5...8, using: &generator)
            let tastes = (0..<groups).map { _ in Double.random(in: -2...2, using: &generator) }
            let pairs = (0..<ratings).map { _ -> (item: Int32, rating: Float) in
                let item = Int.random(in: 0..<items, using: &generator)
                let effect = Double(item % 3) - 1
                let noise = Double.random(in: -1...1, using: &generator)
                let rating = (level + effect + tastes[item % groups] + noise).rounded()
                return (Int32(item), factor * Float(min(10, max(1, rating))))
            }
            return RatedList(pairs)
        }
    }

    /// The root of the mean squared error over the second of two parts of lists.
    static func error(_ model: some RatingModel, _ known: [RatedList], _ heldOut: [RatedList]) -> Double {
        var (sum, count) = (0.0, 0)
        for (list, wanted) in zip(known, heldOut) {
            for (prediction, rating) in zip(
                model.predictions(for: list, items: wanted.items.map(Int.init)), wanted.ratings)
            {
                sum += Double((prediction - rating) * (prediction - rating))
                count += 1
            }
        }
        return (sum / Double(max(1, count))).squareRoot()
    }
}

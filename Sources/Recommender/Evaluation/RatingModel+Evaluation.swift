extension RatingModel {
    /// A prediction for each held-out rating, in the order of the lists.
    ///
    /// - Parameters:
    ///   - test: Held-out ratings.
    ///   - known: What is known of the same people, by the same numbers.
    ///   - threads: How many threads share the people; the predictions do not depend on it.
    public func predictions(of test: RatingLists, knowing known: RatingLists, threads: Int = 1) -> [Double] {
        let slots = Slots(repeating: [Float](), count: test.userCount)
        forEachParallel(count: test.userCount, threads: threads) { next in
            while let user = next() {
                let items = test[user].items
                guard !items.isEmpty else { continue }
                slots[user] = predictions(for: known[user].rated, items: items.map { Int($0) })
            }
        }
        return slots.values.joined().map { Double($0) }
    }
}

extension RatingLists {
    /// All lists that have ratings, as rating models learn from them; items from `limit` on are left out.
    public func rated(below limit: Int = .max) -> [RatedList] {
        (0..<userCount).lazy.map { self[$0] }.filter { !$0.isEmpty }.map { list in
            limit == .max
                ? list.rated
                : RatedList(zip(list.items, list.values).filter { $0.0 < limit }.map { (item: $0, rating: Float($1)) })
        }
    }
}

extension RatingList {
    /// The list as rating models know it.
    public var rated: RatedList { RatedList(zip(items, values).lazy.map { (item: $0, rating: Float($1)) }) }
}

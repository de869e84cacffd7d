extension RankingEvaluation {
    /// The best candidates of everybody who is scored, best first, by a score of every item.
    ///
    /// Of equal scores the lower item number comes first: number items by how many rated them, and ties go to the more popular.
    ///
    /// - Parameters:
    ///   - hidden: Items that are not recommended either, as those a person watched without a score.
    ///   - threads: How many threads share the people; the lists do not depend on it.
    ///   - score: Fills one score per item for a person; called from several threads at once.
    /// - Returns: A list for each of `users`, of 100 items as far as there are so many.
    public func lists(
        hiding hidden: RatingLists = RatingLists(), threads: Int = 1,
        by score: @escaping @Sendable (_ user: Int, _ scores: inout [Float]) -> Void
    ) -> [[Int32]] {
        let slots = Slots(repeating: [Int32](), count: users.count)
        forEachParallel(count: users.count, threads: threads) { next in
            var scores = Array(repeating: Float(0), count: itemCount)
            var unwanted = Array(repeating: -1, count: itemCount)
            var selection = TopSelection(capacity: Self.listLength)
            while let place = next() {
                let user = users[place]
                score(user, &scores)
                precondition(scores.count >= itemCount, "one score per item")
                for item in seen[user].items { unwanted[Int(item)] = place }
                for item in hidden[user].items { unwanted[Int(item)] = place }
                selection.removeAll()
                for item in catalogue where unwanted[Int(item)] != place {
                    selection.offer(item, score: scores[Int(item)])
                }
                selection.sort()
                slots[place] = selection.items
            }
        }
        return slots.values
    }
}

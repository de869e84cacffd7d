/// Everybody's ratings, one list after the other; people and items are numbers from 0.
public struct RatingLists: Sendable, Equatable {
    /// Where each person's list starts, and at the end where the last one ends.
    public private(set) var starts: [Int]
    /// The rated items, ascending within a list.
    public private(set) var items: [Int32]
    /// The rating of the item at the same position.
    public private(set) var values: [Double]

    /// Nobody's ratings.
    public init(userCount: Int = 0) {
        starts = Array(repeating: 0, count: userCount + 1)
        items = []
        values = []
    }

    /// Sorts ratings that come in any order.
    ///
    /// - Parameters:
    ///   - userCount: How many lists there are; `users` are less than that.
    ///   - users: Who rated, one per rating.
    ///   - items: What was rated.
    ///   - values: The ratings.
    ///   - keepsRepeated: Whether a person's second rating of an item is kept beside the first; it replaces it otherwise.
    public init(userCount: Int, users: [Int32], items: [Int32], values: [Double], keepsRepeated: Bool = false) {
        self.init(userCount: userCount)
        var counts = Array(repeating: 0, count: userCount)
        for user in users { counts[Int(user)] += 1 }
        var next = counts.reduce(into: (places: [Int](), total: 0)) { sum, count in
            sum.places.append(sum.total)
            sum.total += count
        }.places
        var order = Array(repeating: 0, count: users.count)
        for (rating, user) in users.enumerated() {
            order[next[Int(user)]] = rating
            next[Int(user)] += 1
        }
        self.items.reserveCapacity(users.count)
        self.values.reserveCapacity(users.count)
        var start = 0
        for user in 0..<userCount {
            let list = order[start..<(start + counts[user])].sorted { (items[$0], $0) < (items[$1], $1) }
            append(list, items, values, keepsRepeated)
            start += counts[user]
            starts[user + 1] = self.items.count
        }
    }

    private mutating func append(_ list: [Int], _ items: [Int32], _ values: [Double], _ keepsRepeated: Bool) {
        let first = self.items.count
        for rating in list {
            if !keepsRepeated, self.items.count > first, self.items[self.items.count - 1] == items[rating] {
                self.values[self.values.count - 1] = values[rating]
            } else {
                self.items.append(items[rating])
                self.values.append(values[rating])
            }
        }
    }

    /// How many people there are, with and without ratings.
    public var userCount: Int { starts.count - 1 }

    /// How many ratings there are.
    public var ratingCount: Int { items.count }

    /// One person's ratings; empty for a person beyond the last.
    public subscript(user: Int) -> RatingList {
        guard user >= 0, user < userCount else { return RatingList(items: [], values: []) }
        let range = starts[user]..<starts[user + 1]
        return RatingList(items: items[range], values: values[range])
    }

    /// The ratings whose values are wanted.
    public func filter(_ isWanted: (Double) -> Bool) -> RatingLists {
        var kept = RatingLists(userCount: userCount)
        for user in 0..<userCount {
            for place in starts[user]..<starts[user + 1] where isWanted(values[place]) {
                kept.items.append(items[place])
                kept.values.append(values[place])
            }
            kept.starts[user + 1] = kept.items.count
        }
        return kept
    }

    /// How many ratings each item has.
    public func counts(itemCount: Int) -> [Int] {
        items.reduce(into: Array(repeating: 0, count: itemCount)) { $0[Int($1)] += 1 }
    }
}

/// One person's ratings.
public struct RatingList: Sendable {
    /// The rated items, ascending.
    public let items: ArraySlice<Int32>
    /// The rating of the item at the same position.
    public let values: ArraySlice<Double>

    /// Whether nothing is rated.
    public var isEmpty: Bool { items.isEmpty }

    /// Whether an item is rated.
    public func contains(_ item: Int32) -> Bool {
        var (low, high) = (items.startIndex, items.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if items[middle] < item { low = middle + 1 } else { high = middle }
        }
        return low < items.endIndex && items[low] == item
    }

    /// The list as integer weights; what weighs nothing is left out.
    public func vector(_ weight: (Double) -> Int32) -> SparseVector {
        SparseVector(zip(items, values).map { (item: $0, weight: weight($1)) })
    }
}

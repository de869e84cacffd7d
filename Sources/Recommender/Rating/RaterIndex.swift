/// For each item who rated it, in the order of the people.
struct RaterIndex: Sendable {
    private let starts: [Int]
    private let people: [Int32]
    private let positions: [Int32]

    init(_ lists: [RatedList], itemCount: Int) {
        var starts = [Int](repeating: 0, count: itemCount + 1)
        for list in lists { for item in list.items { starts[Int(item) + 1] += 1 } }
        for item in 0..<itemCount { starts[item + 1] += starts[item] }
        var next = starts
        var people = [Int32](repeating: 0, count: starts[itemCount])
        var positions = people
        for (person, list) in lists.enumerated() {
            for (position, item) in list.items.enumerated() {
                people[next[Int(item)]] = Int32(person)
                positions[next[Int(item)]] = Int32(position)
                next[Int(item)] += 1
            }
        }
        self.starts = starts
        self.people = people
        self.positions = positions
    }

    var itemCount: Int { starts.count - 1 }

    func places(of item: Int) -> Range<Int> { starts[item]..<starts[item + 1] }

    /// Who rated, and where in that person's list the item stands.
    subscript(place: Int) -> (person: Int, position: Int) { (Int(people[place]), Int(positions[place])) }
}

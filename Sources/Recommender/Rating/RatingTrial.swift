/// Ratings held out of everybody's lists, on which the parts of a predictor are weighed.
///
/// Which ones are held out follows from a hash of the list's items, neither from its place among the others nor from the scale.
struct RatingTrial {
    /// What the parts are fitted to.
    let known: [RatedList]
    private let heldOut: [RatedList]

    /// One in so many ratings is held out, of large data fewer.
    private static let share = 9
    private static let most = 60_000
    /// A list keeps everything when it is shorter.
    private static let shortest = 5

    init(_ lists: [RatedList], seed: UInt64) {
        let total = lists.reduce(0) { $0 + $1.count }
        let share = UInt64(max(Self.share, total / Self.most))
        var (known, heldOut): ([RatedList], [RatedList]) = ([], [])
        for list in lists {
            let key = list.items.reduce(seed) { mixed($0 ^ UInt64($1)) }
            let isLong = list.count >= Self.shortest
            let halves = list.divided { !isLong || mixed(key ^ UInt64($0)) % share != 0 }
            known.append(halves.kept)
            heldOut.append(halves.others)
        }
        self.known = known
        self.heldOut = heldOut
    }

    var heldOutCount: Int { heldOut.reduce(0) { $0 + $1.count } }

    /// Weighs parts that were fitted to `known`.
    func blends(_ parts: RatingParts, threads: Int) -> (full: RatingBlend?, quick: RatingBlend?) {
        let (known, heldOut) = (known, heldOut)
        let rows = Rows(count: known.count, threads: threads) { person in
            var evidence = parts.evidence(of: known[person])
            return heldOut[person].items.map { (full: evidence.full(Int($0)), quick: evidence.quick(Int($0))) }
        }
        let evidence = rows.values.flatMap(\.self)
        let ratings = heldOut.flatMap { $0.ratings.map(Double.init) }
        return (
            RatingBlend(evidence.map(\.full), ratings: ratings), RatingBlend(evidence.map(\.quick), ratings: ratings)
        )
    }
}

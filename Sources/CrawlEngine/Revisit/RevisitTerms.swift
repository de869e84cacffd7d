/// What a spider says of how often pages of one class are asked.
public struct RevisitTerms: Sendable, Hashable {
    /// What is usual: the interval before anything is learnt, and the mean time between two changes the estimate starts from.
    public let every: Duration
    /// Never asked sooner than this after a visit.
    public let minimumAge: Duration
    /// Never later.
    public let maximumAge: Duration
    /// What a fresh page is worth, against pages of other classes.
    public let weight: Double

    /// Pages that are asked at one age, whatever is learnt of them.
    public init(age: Duration) { self.init(every: age, minimumAge: age, maximumAge: age) }

    /// Pages whose age is learnt; without limits from an eighth to eight times of what is usual.
    public init(every: Duration, minimumAge: Duration? = nil, maximumAge: Duration? = nil, weight: Double = 1) {
        self.every = every
        self.minimumAge = minimumAge ?? every / 8
        self.maximumAge = maximumAge ?? every * 8
        self.weight = weight
    }

    /// Changes per second before anything is learnt.
    var usualRate: Double { 1 / max(every.seconds, 1) }

    /// The terms as the allocation takes them, in seconds.
    func demand(rate: Double, pages: Double = 1) -> RefreshAllocation.Demand {
        RefreshAllocation.Demand(
            rate: rate, weight: weight, minimumAge: max(minimumAge.seconds, 1),
            maximumAge: max(maximumAge.seconds, minimumAge.seconds, 1), pages: pages)
    }
}

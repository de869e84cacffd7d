import Testing

@testable import CrawlEngine

@Suite("RefreshAllocation")
struct RefreshAllocationTests {
    private static func demands(maximumAge: Double = 1e9, minimumAge: Double = 0, pages: Double = 1)
        -> [RefreshAllocation.Demand]
    {
        (1...5).map {
            .init(rate: Double($0), weight: 1, minimumAge: minimumAge, maximumAge: maximumAge, pages: pages)
        }
    }

    @Test("the textbook's five pages get the textbook's frequencies: the fastest one none")
    func textbook() {
        let demands = Self.demands()
        let multiplier = RefreshAllocation.multiplier(of: demands, budget: 5)
        let frequencies = demands.map { 1 / RefreshAllocation.interval(of: $0, multiplier: multiplier) }
        for (found, expected) in zip(frequencies, [1.15, 1.36, 1.35, 1.14, 0]) {
            #expect(abs(found - expected) < 0.005, "\(frequencies)")
        }
    }

    @Test("a page that is not worth a request is asked at its maximum age, within the budget")
    func floor() {
        let demands = Self.demands(maximumAge: 10)
        let multiplier = RefreshAllocation.multiplier(of: demands, budget: 5)
        let intervals = demands.map { RefreshAllocation.interval(of: $0, multiplier: multiplier) }
        #expect(intervals[4] == 10)
        #expect(abs(intervals.reduce(0) { $0 + 1 / $1 } - 5) < 1e-6)
    }

    @Test("maximum ages hold even where they cost more than the budget; then nothing else is spent")
    func floorsAbove() {
        let demands = Self.demands(maximumAge: 0.5)
        let multiplier = RefreshAllocation.multiplier(of: demands, budget: 5)
        #expect(demands.allSatisfy { RefreshAllocation.interval(of: $0, multiplier: multiplier) == 0.5 })
    }

    @Test("a budget larger than minimum ages let be spent asks at minimum ages")
    func plenty() {
        let demands = Self.demands(minimumAge: 0.1)
        let multiplier = RefreshAllocation.multiplier(of: demands, budget: 1_000)
        #expect(multiplier == 0)
        #expect(demands.allSatisfy { RefreshAllocation.interval(of: $0, multiplier: multiplier) == 0.1 })
    }

    @Test("a histogram of a million pages gives each what five pages with a millionth of the budget get")
    func histogram() {
        let few = RefreshAllocation.multiplier(of: Self.demands(), budget: 5)
        let many = RefreshAllocation.multiplier(of: Self.demands(pages: 200_000), budget: 1_000_000)
        #expect(abs(few - many) < 1e-6 * few)
    }

    @Test("twice the weight is asked more often, and no demand at all has a multiplier")
    func weights() {
        let demand = RefreshAllocation.Demand(rate: 1, weight: 1, minimumAge: 0, maximumAge: 100)
        let heavier = RefreshAllocation.Demand(rate: 1, weight: 2, minimumAge: 0, maximumAge: 100)
        #expect(
            RefreshAllocation.interval(of: heavier, multiplier: 0.1)
                < RefreshAllocation.interval(of: demand, multiplier: 0.1))
        #expect(RefreshAllocation.multiplier(of: [], budget: 1) == 0)
    }
}

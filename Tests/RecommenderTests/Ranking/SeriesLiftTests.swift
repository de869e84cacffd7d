import Testing

@testable import Recommender

@Suite("SeriesLift")
struct SeriesLiftTests {
    private static let scores: [Float] = [3, 4, 5, 2, 6, 0]
    private static let series: [Int32] = [0, 0, 1, -1, 2, 2]

    @Test("a series' best member gets the norm of its members, the others keep their part of it")
    func norm() {
        let lifted = SeriesLift(power: 2).scores(Self.scores, series: Self.series)
        // √(3² + 4²) = 5 on a greatest score of 4.
        #expect(zip(lifted, [3.75, 5, 5, 2, 6, 0]).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test("a power of 1 adds members up, a great one leaves the greatest alone")
    func powers() {
        let sum = SeriesLift(power: 1).scores(Self.scores, series: Self.series)
        #expect(abs(sum[1] - 7) < 1e-5)
        let greatest = SeriesLift(power: 60).scores(Self.scores, series: Self.series)
        #expect(zip(greatest, Self.scores).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test("what cannot be recommended lifts nothing")
    func unwanted() {
        let lifted = SeriesLift(power: 2).scores(Self.scores, series: Self.series, without: [0, 99, -1])
        #expect(lifted[1] == 4)
        #expect(lifted[4] == 6)
    }

    @Test("items without a series, and catalogues without items, stay as they are")
    func alone() {
        #expect(SeriesLift().scores([1, 2], series: [-1, -1]) == [1, 2])
        #expect(SeriesLift().scores([], series: []).isEmpty)
    }
}

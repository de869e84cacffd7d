import Testing

@testable import Indexing

@Suite("ChangeGathering")
struct ChangeGatheringTests {
    private static let pace = IndexingPace(quiet: .milliseconds(300), longest: .seconds(3), changes: 100)
    private let start = ContinuousClock.now

    @Test("nothing is done while nothing waits")
    func rest() {
        var gathering = ChangeGathering(Self.pace)
        #expect(gathering.decide(newest: 7, taken: 7, now: start) == .rest)
        #expect(gathering.decide(newest: 7, taken: 7, now: start + .seconds(60)) == .rest)
    }

    @Test("a single change waits for the quiet interval")
    func quiet() {
        var gathering = ChangeGathering(Self.pace)
        #expect(gathering.decide(newest: 8, taken: 7, now: start) == .wait(.milliseconds(300)))
        #expect(gathering.decide(newest: 8, taken: 7, now: start + .milliseconds(100)) == .wait(.milliseconds(200)))
        #expect(gathering.decide(newest: 8, taken: 7, now: start + .milliseconds(300)) == .fold)
    }

    @Test("changes that keep coming wait no longer than the longest time")
    func longest() {
        var gathering = ChangeGathering(Self.pace)
        var (time, decisions): (Duration, [ChangeGathering.Decision]) = (.zero, [])
        while decisions.last != .fold, decisions.count < 100 {
            decisions.append(gathering.decide(newest: 8 + decisions.count, taken: 7, now: start + time))
            time += .milliseconds(100)
        }
        #expect(time == .milliseconds(3_100))
    }

    @Test("many changes are folded in at once")
    func many() {
        var gathering = ChangeGathering(Self.pace)
        #expect(gathering.decide(newest: 107, taken: 7, now: start) == .fold)
        #expect(gathering.decide(newest: 108, taken: 107, now: start) == .wait(.milliseconds(300)))
    }
}

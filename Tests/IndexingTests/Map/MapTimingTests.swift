import Testing

@testable import Indexing

@Suite("MapTiming")
struct MapTimingTests {
    private typealias Subject = MapTiming.Subject
    private static let pace = MapPace(drift: 0.1, quiet: .seconds(30), longest: .seconds(300), rest: 20)

    @Test("the first map is waited for; without topics there is none")
    func first() {
        var timing = MapTiming(Self.pace)
        let now = ContinuousClock.now
        let answer1 = timing.isDue(Subject(topics: "", topicsChanges: 0), anime: 50, drawn: nil, now: now)
        #expect(!answer1)
        let answer2 = timing.isDue(Subject(topics: "a", topicsChanges: 0), anime: 50, drawn: nil, now: now)
        #expect(answer2)
    }

    @Test(
        "new topics are drawn when they have stayed for a while; what changes all the time, at the latest after the longest time"
    )
    func quiet() {
        var timing = MapTiming(Self.pace)
        let (now, drawn) = (ContinuousClock.now, Subject(topics: "a", topicsChanges: 0))
        let new = Subject(topics: "b", topicsChanges: 0)
        let answer3 = timing.isDue(new, anime: 100, drawn: drawn, now: now)
        #expect(!answer3)
        let answer4 = timing.isDue(new, anime: 100, drawn: drawn, now: now + .seconds(29))
        #expect(!answer4)
        let answer5 = timing.isDue(new, anime: 100, drawn: drawn, now: now + .seconds(30))
        #expect(answer5)
        for second in stride(from: 31, to: 300, by: 10) {
            let other = Subject(topics: "c\(second)", topicsChanges: 0)
            let answer6 = timing.isDue(other, anime: 100, drawn: drawn, now: now + .seconds(second))
            #expect(!answer6)
        }
        let last = timing.isDue(
            Subject(topics: "d", topicsChanges: 0), anime: 100, drawn: drawn, now: now + .seconds(300))
        #expect(last)
    }

    @Test("a few changed descriptions make no new map, many do")
    func drift() {
        var timing = MapTiming(Self.pace)
        let (now, drawn) = (ContinuousClock.now, Subject(topics: "a", topicsChanges: 5))
        let few = Subject(topics: "a", topicsChanges: 15)
        let answer7 = timing.isDue(few, anime: 100, drawn: drawn, now: now)
        #expect(!answer7)
        let answer8 = timing.isDue(few, anime: 100, drawn: drawn, now: now + .seconds(3_000))
        #expect(!answer8)
        let many = Subject(topics: "a", topicsChanges: 16)
        let answer9 = timing.isDue(many, anime: 100, drawn: drawn, now: now + .seconds(3_001))
        #expect(!answer9)
        let answer10 = timing.isDue(many, anime: 100, drawn: drawn, now: now + .seconds(3_031))
        #expect(answer10)
    }

    @Test("after a failure there is a rest, too: that of what it took, and some time at least")
    func failed() {
        var timing = MapTiming(Self.pace)
        let (now, subject) = (ContinuousClock.now, Subject(topics: "a", topicsChanges: 0))
        timing.failed(after: 0, now: now)
        let early = timing.isDue(subject, anime: 9, drawn: nil, now: now + .seconds(29))
        #expect(!early)
        let late = timing.isDue(subject, anime: 9, drawn: nil, now: now + .seconds(30))
        #expect(late)
        timing.failed(after: 10, now: now)
        let resting = timing.isDue(subject, anime: 9, drawn: nil, now: now + .seconds(199))
        #expect(!resting)
    }

    @Test("after a map there is a rest, as many times as long as the map took")
    func rest() {
        var timing = MapTiming(Self.pace)
        let now = ContinuousClock.now
        timing.made(in: 10, now: now)
        let subject = Subject(topics: "a", topicsChanges: 0)
        let answer11 = timing.isDue(subject, anime: 9, drawn: nil, now: now + .seconds(199))
        #expect(!answer11)
        let answer12 = timing.isDue(subject, anime: 9, drawn: nil, now: now + .seconds(200))
        #expect(answer12)
    }
}

import CrawlEngine
import Testing

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func breaker(failures: Int = 0, openUntil: ContinuousClock.Instant? = nil) -> CircuitBreaker {
        CircuitBreaker(threshold: 3, firstPause: .seconds(300), failures: failures, openUntil: openUntil)
    }

    @Test("failures below the threshold leave it closed, the next opens it")
    func opens() {
        var breaker = breaker()
        let check1 = breaker.fail(now: start) == nil
        #expect(check1)
        let check2 = breaker.fail(now: start) == nil
        #expect(check2)
        let check3 = breaker.permit(now: start)
        #expect(check3)
        let check4 = breaker.fail(now: start) == .seconds(300)
        #expect(check4)
        let check5 = !breaker.permit(now: start + .seconds(299))
        #expect(check5)
    }

    @Test("exactly one probe goes out, and another only when that one is answered")
    func oneProbe() {
        var breaker = breaker()
        _ = breaker.block(now: start)
        let later = start + .seconds(300)
        let check6 = breaker.permit(now: later)
        #expect(check6)
        let check7 = !breaker.permit(now: later)
        #expect(check7)
        let check8 = !breaker.permit(now: later + .seconds(86_400))
        #expect(check8)
        let check9 = breaker.fail(now: later) == .seconds(600)
        #expect(check9)
        let check10 = !breaker.permit(now: later + .seconds(599))
        #expect(check10)
        let check11 = breaker.permit(now: later + .seconds(600))
        #expect(check11)
    }

    @Test("an answered probe closes it; one that was not sent may be followed by another")
    func probes() {
        var breaker = breaker()
        _ = breaker.block(now: start)
        let later = start + .seconds(300)
        let check12 = breaker.permit(now: later)
        #expect(check12)
        breaker.withdraw(now: later)
        let check13 = breaker.permit(now: later)
        #expect(check13)
        breaker.succeed()
        #expect(breaker.state == .closed && breaker.failures == 0)
        let check14 = breaker.permit(now: later) && breaker.permit(now: later)
        #expect(check14)
    }

    @Test("it stays open for twice as long each time, up to a day")
    func doubles() {
        var breaker = breaker()
        var (now, pauses) = (start, [Duration]())
        for _ in 0..<12 {
            let pause = breaker.block(now: now)
            pauses.append(pause)
            now += pause
            let check15 = breaker.permit(now: now)
            #expect(check15)
        }
        #expect(pauses.prefix(4) == [.seconds(300), .seconds(600), .seconds(1_200), .seconds(2_400)])
        #expect(pauses.last == .seconds(86_400))
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("what is remembered of an open one is open")
    func remembered() {
        var breaker = breaker(failures: 4, openUntil: start + .seconds(10))
        let check16 = !breaker.permit(now: start)
        #expect(check16)
        let check17 = breaker.permit(now: start + .seconds(10))
        #expect(check17)
        let check18 = breaker.fail(now: start + .seconds(10)) == .seconds(1_200)
        #expect(check18)
    }
}

@Suite struct BlockWatchTests {
    private func reasons(_ letters: String) -> [String?] {
        var watch = BlockWatch()
        return letters.compactMap(BlockWatch.Read.init).map { watch.add($0) }
    }

    @Test("single bad pages are those pages'", arguments: ["p", "r", "gpgpg", "rrgrrg", "ppggg", "prprg", "ggrpg"])
    func single(letters: String) {
        #expect(reasons(letters).allSatisfy { $0 == nil })
    }

    @Test(
        "three reduced pages of five, or three refused ones in a row, are a block", arguments: ["ppp", "gpgpp", "grrr"])
    func several(letters: String) {
        let reasons = reasons(letters)
        #expect(reasons.last != nil && reasons.last ?? nil != nil)
        #expect(reasons.dropLast().allSatisfy { $0 == nil })
    }

    @Test("what is remembered counts on")
    func remembered() {
        var watch = BlockWatch(remembering: "gprxp?p")
        #expect(watch.text == "gprpp")
        let check19 = watch.add(.reduced) != nil
        #expect(check19)
    }

    @Test("what storing showed replaces what was thought, in the pages' order")
    func revised() {
        var watch = BlockWatch()
        for _ in 0..<4 { _ = watch.add(.good) }
        let check20 = watch.revise([.reduced, .good, .reduced, .good]) == nil
        #expect(check20)
        #expect(watch.text == "pgpg")
        var poor = BlockWatch(remembering: "ggg")
        let check21 = poor.revise([.reduced, .reduced, .reduced]) != nil
        #expect(check21)
        var many = BlockWatch(remembering: "ggggg")
        let spread = (0..<50).map { $0 % 20 == 0 ? BlockWatch.Read.reduced : .good }
        let check22 = many.revise(spread) == nil
        #expect(check22)
    }
}

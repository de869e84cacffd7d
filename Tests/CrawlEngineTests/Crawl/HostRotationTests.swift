import Testing

@testable import CrawlEngine

@Suite struct HostRotationTests {
    private let long = HostRotation.turn

    @Test("nobody gives way while no host waits")
    func nobodyWaits() {
        var rotation = HostRotation()
        rotation.look(hostsWait: false, workers: 16)
        let answer = rotation.givesWay(held: .seconds(3_600), wait: .zero)
        #expect(!answer)
    }

    @Test("while hosts wait, a host that has had its turn gives way, and a fresh one does not")
    func turn() {
        var rotation = HostRotation()
        rotation.look(hostsWait: true, workers: 16)
        let early = rotation.givesWay(held: long - .milliseconds(1), wait: .seconds(1))
        #expect(!early)
        let late = rotation.givesWay(held: long, wait: .zero)
        #expect(late)
    }

    @Test("a worker that would sleep long gives way at once")
    func sleeper() {
        var rotation = HostRotation()
        rotation.look(hostsWait: true, workers: 16)
        let sleeper = rotation.givesWay(held: .zero, wait: HostRotation.longestSleep)
        #expect(sleeper)
    }

    @Test("one gives way at first, twice as many each time that did not do, and never more than there are")
    func doubling() {
        var rotation = HostRotation()
        var given: [Int] = []
        for _ in 0..<6 {
            rotation.look(hostsWait: true, workers: 10)
            given.append((0..<100).count { _ in rotation.givesWay(held: long, wait: .zero) })
        }
        #expect(given == [1, 2, 4, 8, 10, 10])
    }

    @Test("while those that were asked have not given way yet, no more are asked")
    func patience() {
        var rotation = HostRotation()
        for _ in 0..<5 { rotation.look(hostsWait: true, workers: 10) }
        #expect(rotation.wanted == 1)
    }

    @Test("when no host waits any more, it begins anew with one")
    func anew() {
        var rotation = HostRotation()
        for waits in [true, true, false, true] {
            rotation.look(hostsWait: waits, workers: 10)
            if waits { while rotation.givesWay(held: long, wait: .zero) {} }
        }
        rotation.look(hostsWait: false, workers: 10)
        rotation.look(hostsWait: true, workers: 10)
        #expect(rotation.wanted == 1)
    }

    @Test("of forty hosts with endless queues and ten places, each gets its turn before any gets a second")
    func fairness() {
        var rotation = HostRotation()
        // Index → when it was taken; in the order in which they are ready.
        var waiting = Array(10..<40)
        var working = (0..<10).map { (host: $0, since: 0) }
        var turns = [Int](repeating: 0, count: 40)
        for host in 0..<10 { turns[host] = 1 }
        var second = 0
        while turns.contains(0), second < 600 {
            second += 1
            rotation.look(hostsWait: !waiting.isEmpty, workers: working.count)
            for (place, worker) in working.enumerated() {
                guard rotation.givesWay(held: .seconds(second - worker.since), wait: .seconds(1)) else { continue }
                waiting.append(worker.host)
                let next = waiting.removeFirst()
                turns[next] += 1
                working[place] = (next, second)
            }
        }
        #expect(!turns.contains(0))
        #expect(turns.max() == 1)
        #expect(second < 100)
    }
}

import CrawlDomain
import Foundation
import Storage
import Testing

@testable import Webhooks

@Suite struct DeliveryPolicyTests {
    private let policy = DeliveryPolicy()
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func change(_ number: Int, of key: String = "demo:1") -> Change {
        Change(
            number: number, subject: .entry, key: key, operation: .update, fields: [],
            cause: ChangeCause(.crawl, id: "r"), at: now)
    }

    @Test("waits double up to an hour, are spread over half of it, and a receiver's own wish counts where it is longer")
    func backOff() {
        var state = DeliveryState()
        var waits: [TimeInterval] = []
        for _ in 0..<20 {
            _ = policy.note(.failed(reason: "x"), to: [change(1)], last: 1, in: &state, now: now, chance: 1)
            waits.append(state.next?.timeIntervalSince(now) ?? 0)
        }
        #expect(Array(waits.prefix(4)) == [1, 2, 4, 8] && waits.last == 3_600)
        _ = policy.note(.failed(reason: "x"), to: [change(1)], last: 1, in: &state, now: now, chance: 0)
        #expect(state.next == now.addingTimeInterval(1_800))
        var fresh = DeliveryState()
        _ = policy.note(
            .failed(reason: "x", retryAfter: 120), to: [change(1)], last: 1, in: &fresh, now: now, chance: 0.5)
        #expect(fresh.next == now.addingTimeInterval(120) && fresh.parked.isEmpty)
    }

    @Test("a message that is refused is taken apart, and the change that is refused alone is parked")
    func poisoned() {
        var state = DeliveryState()
        state.end = 3
        let three = [change(1), change(2, of: "demo:2"), change(3)]
        #expect(!policy.note(.refused(status: 400), to: three, last: 3, in: &state, now: now, chance: 1))
        #expect(state.singlyTo == nil && state.end == 3)
        #expect(!policy.note(.refused(status: 400), to: three, last: 3, in: &state, now: now, chance: 1))
        #expect(state.singlyTo == 3 && state.end == nil && state.next == nil)
        for attempt in 1...3 {
            let moves = policy.note(.refused(status: 422), to: [three[0]], last: 1, in: &state, now: now, chance: 1)
            #expect(moves == (attempt == 3))
        }
        #expect(state.parked.map(\.number) == [1])
        #expect(state.parked(before: three[2])?.number == 1 && state.parked(before: three[1]) == nil)
    }

    @Test("a receiver that breaks is waited for, a week too: nothing is parked, and it is asked once an hour")
    func outage() {
        var state = DeliveryState()
        let three = [change(1), change(2, of: "demo:2"), change(3)]
        state.end = 3
        var now = now
        var tries = 0
        while now < self.now.addingTimeInterval(7 * 86_400) {
            let answer: WebhookAnswer = tries % 2 == 0 ? .broken(status: 500) : .failed(reason: "refused")
            let sent = state.singlyTo == nil ? three : [three[0]]
            #expect(!policy.note(answer, to: sent, last: sent.last?.number ?? 0, in: &state, now: now, chance: 1))
            tries += 1
            now = policy.next(of: state, now: now) ?? now
        }
        #expect((170...190).contains(tries))
        #expect(state.parked.isEmpty && state.stopped == nil && state.singlyTo == 3)
    }

    @Test("a time to try again that no wait leads to is of a clock that was wrong, and is not waited for")
    func clock() {
        var state = DeliveryState()
        state.next = now.addingTimeInterval(400 * 86_400)
        #expect(policy.next(of: state, now: now) == nil)
        state.next = now.addingTimeInterval(3_600)
        #expect(policy.next(of: state, now: now) == state.next)
        #expect(policy.next(of: state, now: now.addingTimeInterval(3_600)) == nil)
    }

    @Test("a receiver that refuses everything parks ten at most, and is then waited for")
    func broken() {
        var state = DeliveryState()
        var tries = 0
        for number in 1...10 {
            repeat {
                tries += 1
            } while !policy.note(
                .refused(status: 400), to: [change(number, of: "demo:\(number)")], last: number, in: &state, now: now,
                chance: 1)
        }
        #expect(tries == 30 && state.parked.count == 10)
        for _ in 0..<50 {
            #expect(
                !policy.note(.refused(status: 400), to: [change(11)], last: 11, in: &state, now: now, chance: 1))
        }
        #expect(policy.note(.accepted, to: [change(11)], last: 11, in: &state, now: now, chance: 1))
        #expect(state.parkedInARow == 0 && state.failures == 0 && state.error == nil)
    }

    @Test("410 stops it, and so do a thousand parked changes")
    func stops() {
        var state = DeliveryState()
        #expect(!policy.note(.gone, to: [change(1)], last: 1, in: &state, now: now, chance: 1))
        #expect(state.stopped?.contains("410") == true)
        var full = DeliveryState()
        for number in 1...999 { full.park(change(number), reason: "x") }
        #expect(full.stopped == nil)
        // Those that wait behind one and come in the same message are passed over, too, and are not lost.
        for number in 1_000...1_050 { full.park(change(number), reason: "x") }
        #expect(full.parked.count == 1_050 && full.stopped != nil)
        full.park(change(7), reason: "met again")
        #expect(full.parked.count == 1_050)
    }
}

import Testing

@testable import Service

@Suite
struct ElectionTests {
    private let start = ContinuousClock.now

    private func leading() -> Election {
        var election = Election(lease: .seconds(12))
        election.asked(at: start, isGranted: true)
        return election
    }

    @Test("who waits asks again every second")
    func waiting() {
        var election = Election(lease: .seconds(12))
        #expect(election.decide(start) == .ask)
        election.asked(at: start, isGranted: false)
        #expect(election.decide(start + .milliseconds(400)) == .wait(.milliseconds(600)))
        #expect(election.decide(start + .seconds(1)) == .ask)
    }

    @Test("a leader renews after a third of its time, counted from the request")
    func renewing() {
        var election = leading()
        #expect(election.decide(start + .seconds(3)) == .wait(.seconds(1)))
        #expect(election.decide(start + .seconds(4)) == .renew)
        election.renewed(at: start + .seconds(4), isHeld: true)
        #expect(election.decide(start + .seconds(5)) == .wait(.seconds(3)))
        #expect(election.decide(start + .seconds(13)) == .renew)
    }

    @Test("without an answer it is tried again, and given up before the server gives it to somebody else")
    func unanswered() {
        var election = leading()
        election.renewed(at: start + .seconds(4), isHeld: nil)
        #expect(election.decide(start + .seconds(5)) == .renew)
        election.renewed(at: start + .seconds(9), isHeld: nil)
        #expect(election.decide(start + .seconds(10)) == .stop)
    }

    @Test("a leader that slept stops before it does anything else")
    func slept() {
        #expect(leading().decide(start + .seconds(30)) == .stop)
    }

    @Test("one whose lease is another's stops at once")
    func lost() {
        var election = leading()
        election.renewed(at: start + .seconds(4), isHeld: false)
        #expect(election.decide(start + .seconds(4)) == .stop)
        election.ended(start + .seconds(4))
        #expect(election.decide(start + .seconds(4)) == .wait(.seconds(1)))
        #expect(election.decide(start + .seconds(5)) == .ask)
    }
}

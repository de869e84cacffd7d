import Testing

@testable import Service

@Suite("RepeatedFailure")
struct RepeatedFailureTests {
    @Test("the same reason is said once, another one again, and so is the same one after it has worked")
    func said() {
        var failures = RepeatedFailure(first: .seconds(1))
        #expect(["a", "a", "b", "b", "a"].map { failures.failed($0).isNew } == [true, false, true, false, true])
        failures.worked()
        let (isNew, pause) = failures.failed("a")
        #expect(isNew)
        #expect(pause == .seconds(1))
    }

    @Test("pauses double up to ten seconds")
    func pauses() {
        var failures = RepeatedFailure(first: .seconds(2))
        #expect((0..<5).map { _ in failures.failed("a").pause } == [2, 4, 8, 10, 10].map { .seconds($0) })
    }
}

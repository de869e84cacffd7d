import Testing

@testable import Service

@Suite
struct RestartPolicyTests {
    @Test("pauses double up to a minute, and lie in their second half")
    func doubling() {
        var (least, most) = (RestartPolicy(), RestartPolicy())
        let short: Duration = .milliseconds(5)
        let lower = (0..<8).map { _ in least.pause(afterRunning: short, random: 0) }
        let upper = (0..<8).map { _ in most.pause(afterRunning: short, random: 1) }
        #expect(upper == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(lower == [0.5, 1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
    }

    @Test("who ran well for a minute begins anew")
    func healthy() {
        var policy = RestartPolicy()
        for _ in 0..<5 { _ = policy.pause(afterRunning: .seconds(59), random: 1) }
        #expect(policy.pause(afterRunning: .seconds(60), random: 1) == .seconds(1))
        #expect(policy.pause(afterRunning: .zero, random: 1) == .seconds(2))
    }

    @Test("a thousand failures overflow nothing")
    func many() {
        var policy = RestartPolicy()
        for _ in 0..<1_000 { #expect(policy.pause(afterRunning: .zero, random: 0.5) <= .seconds(60)) }
    }
}

@Suite
struct ServiceRoleTests {
    @Test("roles come once each, in the order of their start")
    func list() throws {
        #expect(try ServiceRole.list("http, crawl,http") == [.crawl, .http])
        #expect(try ServiceRole.list("crawl,schedule,index,webhooks,http") == ServiceRole.allCases)
    }

    @Test("an unknown word is named, and so is nothing", arguments: ["crawl,serve", "", "index,,http"])
    func unknown(text: String) {
        #expect { try ServiceRole.list(text) } throws: { "\($0)".contains("expected some of crawl, schedule, index") }
    }
}

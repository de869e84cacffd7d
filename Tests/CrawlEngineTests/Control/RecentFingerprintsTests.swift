import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct RecentFingerprintsTests {
    private func fingerprint(_ number: Int) -> URLFingerprint { URLFingerprint(of: "http://a/\(number)") }

    @Test("however many are seen, no more than two generations are remembered, and the last ones are")
    func bounded() {
        var memory = RecentFingerprints(generation: 100)
        for number in 0..<10_000 {
            memory.insert(fingerprint(number))
            #expect(memory.count <= 200)
        }
        let known = [0, 9_900, 9_950, 9_999].map { memory.contains(fingerprint($0)) }
        #expect(known == [false, true, true, true])
    }

    @Test("what is asked for stays, however much comes after it")
    func renewed() {
        var memory = RecentFingerprints(generation: 100)
        memory.insert(fingerprint(-1))
        for number in 0..<1_000 {
            let isKnown = memory.contains(fingerprint(-1))
            #expect(isKnown)
            memory.insert(fingerprint(number))
        }
    }

    @Test("the usual memory holds a quarter of a million links")
    func usual() {
        var memory = RecentFingerprints()
        for number in 0..<250_000 { memory.insert(fingerprint(number)) }
        let isKnown = memory.contains(fingerprint(0))
        #expect(isKnown)
        #expect(memory.count == 250_000)
    }
}

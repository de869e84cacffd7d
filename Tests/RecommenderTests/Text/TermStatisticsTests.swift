import TestSupport
import Testing

@testable import Recommender

@Suite("TermStatistics")
struct TermStatisticsTests {
    @Test("documents and occurrences are counted apart")
    func counts() {
        var statistics = TermStatistics()
        statistics.add(["space", "pirate", "space"])
        statistics.add(["space"])
        statistics.add([])
        #expect(statistics.documentCount == 3)
        #expect(statistics.terms["space"] == .init(documents: 2, occurrences: 3))
        #expect(statistics.terms["pirate"] == .init(documents: 1, occurrences: 1))
    }

    @Test("after random edits they equal a rebuild", arguments: 1...4 as ClosedRange<UInt64>)
    func edits(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var documents: [[String]] = []
        var statistics = TermStatistics()
        for _ in 0..<200 {
            if documents.count > 3, Bool.random(using: &generator) {
                statistics.remove(documents.remove(at: Int.random(in: 0..<documents.count, using: &generator)))
            } else {
                let length = Int.random(in: 0..<8, using: &generator)
                documents.append((0..<length).map { _ in "w\(Int.random(in: 0..<12, using: &generator))" })
                statistics.add(documents[documents.count - 1])
            }
        }
        var rebuilt = TermStatistics()
        for document in documents.reversed() { rebuilt.add(document) }
        #expect(statistics == rebuilt)
        #expect(statistics.digest == rebuilt.digest)
        rebuilt.add(["w1"])
        #expect(statistics.digest != rebuilt.digest)
    }
}

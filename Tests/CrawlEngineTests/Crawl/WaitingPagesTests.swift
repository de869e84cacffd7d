import Testing

@testable import CrawlEngine

@Suite struct WaitingPagesTests {
    @Test("a batch may wait while all of them together are small")
    func small() {
        let pages = WaitingPages()
        pages.add(3 << 20)
        #expect(!pages.areTooMany(holding: 3 << 20, workers: 1))
    }

    @Test("of too many, whoever holds as much as the others commits, whoever holds less does not")
    func large() {
        let pages = WaitingPages()
        pages.add(6 << 20)
        #expect(pages.areTooMany(holding: 1 << 20, workers: 6))
        #expect(!pages.areTooMany(holding: (1 << 20) - 1, workers: 6))
    }

    @Test("somebody commits, however the bytes are spread", arguments: [1, 2, 5, 10])
    func spread(workers: Int) {
        let pages = WaitingPages()
        let holdings = (1...workers).map { $0 * (8 << 20) / workers }
        pages.add(holdings.reduce(0, +))
        #expect(holdings.contains { pages.areTooMany(holding: $0, workers: workers) })
    }

    @Test("a little is not worth a commit of its own, however many workers there are")
    func little() {
        let pages = WaitingPages()
        pages.add(6 << 20)
        #expect(!pages.areTooMany(holding: 100_000, workers: 256))
    }

    @Test("what is stored counts no more")
    func stored() {
        let pages = WaitingPages()
        pages.add(11 << 20)
        pages.remove(8 << 20)
        #expect(!pages.areTooMany(holding: 3 << 20, workers: 1))
    }
}

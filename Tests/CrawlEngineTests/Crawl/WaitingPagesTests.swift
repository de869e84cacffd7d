import Testing

@testable import CrawlEngine

@Suite struct WaitingPagesTests {
    @Test("a batch may wait while all of them together are small")
    func small() {
        let pages = WaitingPages()
        pages.add(8 << 20)
        #expect(!pages.areTooMany(holding: 8 << 20))
    }

    @Test("whoever holds a good part of too many commits, whoever holds little does not")
    func large() {
        let pages = WaitingPages()
        pages.add((8 << 20) + 1)
        #expect(pages.areTooMany(holding: 1 << 20))
        #expect(!pages.areTooMany(holding: 1_000))
    }

    @Test("what is stored counts no more")
    func stored() {
        let pages = WaitingPages()
        pages.add(16 << 20)
        pages.remove(8 << 20)
        #expect(!pages.areTooMany(holding: 8 << 20))
    }
}

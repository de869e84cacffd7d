import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct LinkMemoryTests {
    private let here = LinkMemory.Place(kind: "anime", rule: 0, origin: "https://one.example")
    private let there = LinkMemory.Place(kind: "anime", rule: 0, origin: "https://two.example")

    /// The links of references on a page, and the references that had to be judged.
    private func links(
        _ memory: LinkMemory, _ texts: [String], at place: LinkMemory.Place
    ) -> (found: [String], judged: [String]) {
        var judged: [String] = []
        let found = memory.links(of: texts, at: place) { text in
            judged.append(text)
            guard !text.hasSuffix("/not"), let url = WebURL(text, base: WebURL(place.origin)) else { return nil }
            return DiscoveredLink(url: url, page: place.kind, priority: 0)
        }
        return (found.map(\.url.href), judged)
    }

    @Test("a reference is judged once, also one that is not followed")
    func once() {
        let memory = LinkMemory()
        let texts = ["/1", "/not", "https://one.example/2"]
        let first = links(memory, texts, at: here)
        #expect(first.found == ["https://one.example/1", "https://one.example/2"])
        #expect(first.judged == texts)
        let second = links(memory, ["/3"] + texts, at: here)
        #expect(second.found == ["https://one.example/3"] + first.found)
        #expect(second.judged == ["/3"])
    }

    @Test("a page that names a reference twice has its link twice, and has it judged once", arguments: ["/1", "1"])
    func repeated(text: String) {
        let found = links(LinkMemory(), [text, "/2", text], at: here)
        #expect(found.found == ["https://one.example/1", "https://one.example/2", "https://one.example/1"])
        #expect(found.judged == [text, "/2"])
    }

    @Test("an absolute reference is known on pages of every origin, a relative one on those of its own")
    func origins() {
        let memory = LinkMemory()
        let texts = ["/1", "https://one.example/2"]
        _ = links(memory, texts, at: here)
        let other = links(memory, texts, at: there)
        #expect(other.found == ["https://two.example/1", "https://one.example/2"])
        #expect(other.judged == ["/1"])
    }

    @Test(
        "a reference that means something else on the next page is judged anew",
        arguments: ["1", "?page=2", "//two.example/1", "/ä"])
    func relative(_ text: String) {
        let memory = LinkMemory()
        _ = links(memory, [text], at: here)
        #expect(links(memory, [text], at: here).judged == [text])
    }

    @Test("what was asked for lately is kept, and no more than the limit")
    func bounded() {
        let memory = LinkMemory(limit: 8)
        for number in 1...40 { _ = links(memory, ["/always", "/\(number)"], at: here) }
        #expect(links(memory, ["/always", "/40"], at: here).judged.isEmpty)
        let all = (1...40).map { "/\($0)" }
        #expect(links(memory, all, at: here).judged.count >= 40 - 8)
    }
}

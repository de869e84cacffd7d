import Indexing
import Testing

@testable import Service

@Suite
struct ListCacheTests {
    private let start = ContinuousClock.now

    private func held(_ key: String, revision: String = "1") -> HeldList {
        HeldList(
            PackedList(key: key), name: key.split(separator: ":").last.map(String.init), revision: revision,
            readAt: start)
    }

    /// A cache that somebody listens for, with the list of one person who was asked for by name.
    private func filled() -> (cache: ListCache, list: HeldList) {
        var cache = ListCache()
        cache.listens(start)
        let list = held("demo:kaito")
        let begun = cache.begin()
        cache.end(list, "kaito", since: begun, start)
        return (cache, list)
    }

    @Test("a list is found by key and by the name it was asked for by")
    func found() {
        var (cache, list) = filled()
        #expect(cache.find("demo:kaito", start) === list)
        #expect(cache.find("kaito", start) === list)
        #expect(cache.find("mio", start) == nil)
    }

    @Test("nothing is held before somebody listens, nor when nothing has been heard for a while")
    func unheard() {
        var cache = ListCache()
        let begun = cache.begin()
        cache.end(held("demo:kaito"), "demo:kaito", since: begun, start)
        #expect(cache.find("demo:kaito", start) == nil)
        var (heard, list) = filled()
        #expect(heard.find("kaito", start + .milliseconds(700)) === list)
        #expect(heard.find("kaito", start + .milliseconds(701)) == nil)
        heard.hear(keys: [], names: [], start + .seconds(2))
        #expect(heard.find("kaito", start + .seconds(2)) === list)
        heard.stopsListening()
        #expect(heard.find("kaito", start + .seconds(2)) == nil)
    }

    @Test("a list that was written goes, with its answers")
    func written() {
        var (cache, list) = filled()
        cache.keep([1], "count=3", of: list, index: 7)
        #expect(cache.answer("count=3", of: list, index: 7) == [1])
        let lost = cache.hear(keys: ["demo:kaito", "demo:mio"], names: [], start)
        #expect(lost == [ListCache.Lost(key: "demo:kaito", name: "kaito")])
        #expect(cache.find("demo:kaito", start) == nil)
        #expect(cache.find("kaito", start) == nil)
        #expect(cache.answer("count=3", of: list, index: 7) == nil)
    }

    @Test("a list that is written while it is read is not held, another one is")
    func overtaken() {
        var cache = ListCache()
        cache.listens(start)
        let (first, second) = (cache.begin(), cache.begin())
        cache.hear(keys: ["demo:kaito"], names: [], start)
        cache.end(held("demo:kaito"), "kaito", since: first, start)
        cache.end(held("demo:mio"), "mio", since: second, start)
        #expect(cache.find("kaito", start) == nil)
        #expect(cache.find("mio", start) != nil)
        let third = cache.begin()
        cache.end(held("demo:kaito"), "kaito", since: third, start)
        #expect(cache.find("kaito", start) != nil)
    }

    @Test("nothing that was begun before all was forgotten is held after it")
    func cleared() {
        var (cache, _) = filled()
        let begun = cache.begin()
        cache.clear()
        cache.end(held("demo:kaito"), "kaito", since: begun, start)
        #expect(cache.find("kaito", start) == nil)
    }

    @Test("a name that somebody else takes is looked up again")
    func renamed() {
        var (cache, list) = filled()
        cache.hear(keys: ["other:kaito"], names: ["kaito"], start)
        #expect(cache.find("kaito", start) == nil)
        #expect(cache.find("demo:kaito", start) === list)
    }

    @Test("a list is not found by a name that its person bears no longer")
    func misnamed() {
        var (cache, _) = filled()
        let begun = cache.begin()
        let renamed = HeldList(PackedList(key: "demo:kaito"), name: "kai", revision: nil, readAt: start)
        cache.end(renamed, "demo:kaito", since: begun, start)
        #expect(cache.find("kaito", start) == nil)
        #expect(cache.find("demo:kaito", start) === renamed)
    }

    @Test("what is read while nothing is heard is not held; what is not all that was written says nothing of the time")
    func deaf() {
        var (cache, _) = filled()
        let begun = cache.begin()
        cache.end(held("demo:mio"), "mio", since: begun, start + .seconds(1))
        cache.hear(keys: ["demo:sora"], names: [], nil)
        #expect(cache.find("kaito", start + .seconds(1)) == nil)
        cache.hear(keys: [], names: [], start + .seconds(1))
        #expect(cache.find("mio", start + .seconds(1)) == nil)
        #expect(cache.find("kaito", start + .seconds(1)) != nil)
    }

    @Test("an answer is that of its question, its list and its index version alone")
    func answers() {
        var (cache, list) = filled()
        cache.keep([1], "", of: list, index: 7)
        #expect(cache.answer("count=3", of: list, index: 7) == nil)
        #expect(cache.answer("", of: held("demo:kaito"), index: 7) == nil)
        #expect(cache.answer("", of: list, index: 8) == nil)
        cache.keep([2], "", of: list, index: 8)
        #expect(cache.answer("", of: list, index: 8) == [2])
        // From a request that began before the version came.
        cache.keep([1], "", of: list, index: 7)
        #expect(cache.answer("", of: list, index: 7) == nil)
        #expect(cache.answer("", of: list, index: 8) == [2])
    }

    @Test("a list is read again after some minutes")
    func aged() {
        var (cache, _) = filled()
        cache.hear(keys: [], names: [], start + .seconds(301))
        #expect(cache.find("kaito", start + .seconds(301)) == nil)
    }
}

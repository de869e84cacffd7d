import Testing

@testable import Service

@Suite
struct GenerationCacheTests {
    @Test("what is asked for stays, whatever comes; what is not goes, and the bytes stay bounded")
    func bounded() {
        var cache = GenerationCache<Int>(limit: 1_000)
        cache.insert(-1, "asked", bytes: 10)
        for number in 0..<500 {
            cache.insert(number, "\(number)", bytes: 10)
            #expect(cache.find("asked") == -1)
            #expect(cache.bytes <= 1_000)
        }
        #expect(cache.find("0") == nil)
        #expect(cache.find("499") == 499)
    }

    @Test("a value replaces the one of its key, and counts once")
    func replaced() {
        var cache = GenerationCache<Int>(limit: 100)
        cache.insert(1, "key", bytes: 30)
        cache.insert(2, "key", bytes: 20)
        #expect(cache.find("key") == 2)
        #expect((cache.bytes, cache.count) == (20, 1))
        cache.remove("key")
        #expect((cache.bytes, cache.count) == (0, 0))
        #expect(cache.find("key") == nil)
    }

    @Test("what takes half of all is not held")
    func large() {
        var cache = GenerationCache<Int>(limit: 100)
        cache.insert(1, "small", bytes: 50)
        cache.insert(2, "large", bytes: 51)
        #expect(cache.find("large") == nil)
        #expect(cache.find("small") == 1)
    }
}

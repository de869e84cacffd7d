import CrawlDomain
import Testing
import WebStandards

@Suite struct ContentHashTests {
    @Test("the order of keys makes no difference, any value does")
    func order() {
        let one = ContentHash(of: ["a": 1, "b": [true, .null]])
        #expect(one == ContentHash(of: ["b": [true, .null], "a": 1]))
        #expect(one != ContentHash(of: ["a": 1, "b": [false, .null]]))
        #expect(one.hex.count == 32)
    }

    @Test("the hash of bytes is the first half of their SHA-256")
    func bytes() {
        // FIPS 180-4, "abc".
        #expect(ContentHash(ofBytes: Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223")
    }

    @Test("is the same for short bytes and for long ones, which OpenSSL hashes", arguments: [1_023, 1_024, 100_000])
    func lengths(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let digits = Array("0123456789abcdef")
        let expected = SHA256.hash(bytes).prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        #expect(ContentHash(ofBytes: bytes).hex == String(expected))
    }
}

@Suite struct CompletenessTests {
    private let full: JSONObject = [
        "title": "A", "type": "TV", "synopsis": "Long.", "genres": ["X"], "score": 7.5, "aired": ["from": "1999"],
        "rank": 1,
        "members": 10,
    ]

    @Test("a document that lost more than a quarter of its fields is poorer")
    func poorer() {
        let blank: JSONObject = ["title": "A", "type": "TV", "synopsis": .null, "genres": [], "score": .null]
        #expect(Completeness.isPoorer(blank, than: full))
        #expect(
            Completeness.lostFields(from: full, to: blank).sorted() == [
                "aired", "genres", "members", "rank", "score", "synopsis",
            ])
    }

    @Test("losing a field or two is a change like any other")
    func slightlyPoorer() {
        var less = full
        less["score"] = .null
        less["rank"] = .null
        #expect(!Completeness.isPoorer(less, than: full))
    }

    @Test("an object of nothing but nulls says nothing")
    func emptyObject() {
        #expect(Completeness.filledFields(of: ["aired": ["from": .null, "to": .null], "adult": false]) == 1)
    }
}

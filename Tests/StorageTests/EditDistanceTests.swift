import Testing

@testable import Storage

@Suite struct EditDistanceTests {
    @Test(
        "letters added, left out, changed and swapped count one each, whatever the case",
        arguments: [
            ("Star Ferry", "star ferry", 0), ("Star Ferry", "Star Fery", 1), ("Star Ferry", "Star Ferrry", 1),
            ("Star Ferry", "Star Fairy", 2), ("Theif", "Thief", 1), ("Owl", "Owls", 1), ("Owl", "Bowls", nil),
            ("86", "87", nil), ("86", "86", 0), ("Tower", "Something", nil), ("", "", 0),
        ] as [(String, String, Int?)])
    func distances(text: String, other: String, expected: Int?) {
        #expect(EditDistance(to: text).distance(of: other) == expected)
    }

    @Test("a text of any length is compared within bounds")
    func bounded() {
        let long = String(repeating: "x", count: 100_000)
        #expect(EditDistance(to: long).distance(of: long) == nil)
        #expect(EditDistance(to: String(long.prefix(200))).distance(of: String(long.prefix(201))) == 1)
    }
}

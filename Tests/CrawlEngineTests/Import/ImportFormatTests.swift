import CrawlEngine
import Testing

@Suite struct ImportFormatTests {
    private func format(_ text: String) -> ImportFormat? {
        ImportFormat(head: Array(Array(text.utf8).prefix(ImportFormat.headBytes)))
    }

    @Test(
        "a file is known by how it begins",
        arguments: [
            ("anime_id,name,genre\n1,x,y\n", ImportFormat.csv), ("\u{FEFF}user_id,anime_id,rating\n", .csv),
            ("1::1193::5::978300760\n", .movieLensDat), ("{\"mal_id\": 1}\n{\"mal_id\": 2}\n", .jsonLines),
            ("{\"mal_id\": 1}", .jsonLines), ("{\"mal_id\": 1\n{\"mal_id\": 2}\n", .jsonLines),
            ("[{\"mal_id\": 1}]", .json), ("{\n  \"license\": {},\n  \"data\": [\n {}]}", .json),
            ("{\"license\": {\"data\": [1]}, \"data\": [{}]}", .json), ("{\n  \"a\": 1\n}", .json),
            ("\n <?xml version=\"1.0\"?>", .listXML), ("<myanimelist>", .listXML),
        ])
    func recognised(text: String, expected: ImportFormat) { #expect(format(text) == expected) }

    @Test("a list on one line that is longer than the head is known by its frame")
    func longLine() {
        let record = "{\"title\":\"x\",\"sources\":[]},"
        let text = "{\"repository\":\"r\",\"data\":[" + String(repeating: record, count: 5_000)
        #expect(format(text) == .json)
        let line = "{\"_id\":\"demo:1\",\"list\":[" + String(repeating: "1,", count: 60_000)
        #expect(format(line) == .jsonLines)
    }

    @Test("nothing is no format")
    func empty() {
        #expect(format("") == nil)
        #expect(format(" \n") == nil)
    }
}

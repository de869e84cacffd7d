import CrawlEngine
import Testing

@Suite struct CSVReaderTests {
    private func rows(_ text: String, piece: Int = 1_000) -> [CSVRow] {
        var reader = CSVReader()
        var rows: [CSVRow] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            reader.read(bytes[start..<min(start + piece, bytes.count)]) { rows.append($0) }
        }
        reader.finish { rows.append($0) }
        return rows
    }

    @Test("quotes, commas and line ends inside quotes are kept; both line ends are understood")
    func quoting() {
        let text = "a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n,\nlast,row"
        #expect(rows(text).map(\.fields) == [["a", "b"], ["x, \"y\"", "two\nlines"], ["", ""], ["last", "row"]])
        #expect(rows(text).map(\.line) == [1, 2, 4, 5])
    }

    @Test("the same records come out however the file is cut", arguments: 1...7)
    func pieces(piece: Int) {
        let text = "user,item\r\n1,\"a \"\"b\"\"\"\r\n\r\n2,c\r\n"
        #expect(rows(text, piece: piece) == rows(text))
        #expect(rows(text).count == 3)
    }

    @Test("a byte order mark is no part of the first name")
    func byteOrderMark() {
        #expect(rows("\u{FEFF}user,item\n").map(\.fields) == [["user", "item"]])
    }

    @Test("a quote that is never closed ends with its field's limit, not with the file")
    func openQuote() {
        let text = "\"" + String(repeating: "x", count: CSVReader.maximumFieldBytes + 10) + "\n1,2\n"
        #expect(rows(text).last?.fields == ["1", "2"])
    }
}

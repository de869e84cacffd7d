import CrawlEngine
import TestSupport
import Testing

@Suite struct CSVReaderTests {
    private func rows(_ text: String, piece: Int = 1_000, separator: CSVReader.Separator = .comma) -> [CSVRow] {
        var reader = CSVReader(separator: separator)
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
        #expect(rows(text).map { String(decoding: $0.raw, as: UTF8.self) }[1] == "\"x, \"\"y\"\"\",\"two\nlines\"")
    }

    @Test("the same records come out however the file is cut", arguments: 1...7)
    func pieces(piece: Int) {
        let text = "user,item\r\n1,\"a \"\"b\"\"\"\r\n\r\n2,c\r\n"
        #expect(rows(text, piece: piece) == rows(text))
        #expect(rows(text).count == 3)
    }

    @Test("a byte order mark is no part of the first name", arguments: [1, 2, 3, 100])
    func byteOrderMark(piece: Int) {
        #expect(rows("\u{FEFF}user,item\n", piece: piece).map(\.fields) == [["user", "item"]])
    }

    @Test("a quote that is never closed costs its own line only")
    func openQuote() {
        let text = "a,b\n1,\"x\n" + (0..<200_000).map { "\($0),y\n" }.joined()
        let rows = rows(text, piece: 1 << 18)
        #expect(rows.count == 200_002)
        #expect(rows.filter { $0.defect != nil }.map(\.line) == [2])
        #expect(rows[1].defect?.contains("never closed") == true)
        #expect(rows.last?.fields == ["199999", "y"])
        #expect(rows.last?.line == 200_002)
        // Also where the file ends before the limit does.
        #expect(self.rows("a,b\n\"x,1\n2,3\n").map(\.fields) == [["a", "b"], [], ["2", "3"]])
    }

    @Test(
        "a line that is too long is left out with the limit, however it is cut, and never held",
        arguments: [4_096, 1 << 20])
    func longLine(piece: Int) {
        let text = "a,b\n" + String(repeating: "x", count: 3 << 20) + "\n1,2\n"
        let rows = rows(text, piece: piece)
        #expect(rows.map(\.fields) == [["a", "b"], [], ["1", "2"]])
        #expect(rows[1].defect?.contains("longer than 1 MiB") == true)
        #expect(rows[1].raw.count <= (1 << 20) + piece)
        #expect(rows[2].line == 3)
    }

    @Test("a million columns are one bad record")
    func manyColumns() {
        let rows = rows("a,b\n" + String(repeating: ",", count: 900_000) + "\n1,2\n", piece: 1 << 16)
        #expect(rows.map(\.fields) == [["a", "b"], [], ["1", "2"]])
        #expect(rows[1].defect?.contains("more than 1000 fields") == true)
    }

    @Test("quotes that open anew on every line do not make the file be read over and over")
    func restarts() {
        let rows = rows(String(repeating: "a\"b,\"\n", count: 400_000), piece: 1 << 16)
        #expect(rows.count < 1_000)
        #expect(rows.contains { $0.defect != nil })
    }

    @Test("MovieLens' separator is two colons, and quotes are letters")
    func doubleColon() {
        let rows = rows("1::2::5::978300760\n3::\"x\"::a:b\n", piece: 3, separator: .doubleColon)
        #expect(rows.map(\.fields) == [["1", "2", "5", "978300760"], ["3", "\"x\"", "a:b"]])
    }

    @Test("what was written is read back, whatever is in it and however it is cut", arguments: 0..<40)
    func property(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = ["a", "\"", ",", "\n", "é", " ", "\r\n", "::", "日本", ""]
        let records = (0..<30).map { _ in
            (0..<Int.random(in: 1...5, using: &random)).map { _ in
                (0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }
                    .joined()
            }
        }.filter { $0 != [""] }
        let text = records.map { record in
            record.map { field in
                field.utf8.contains { [0x22, 0x2C, 0x0D, 0x0A].contains($0) }
                    ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                        + "\""
                    : field
            }.joined(separator: ",") + (Bool.random(using: &random) ? "\n" : "\r\n")
        }.joined()
        let read = rows(text, piece: Int.random(in: 1...50, using: &random))
        #expect(read.map(\.fields) == records)
        #expect(read.allSatisfy { $0.defect == nil })
    }

    @Test("any bytes are read without a trap, and every line number is one of the file", arguments: 0..<40)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: ","), 10, 13, 0xFF, UInt8(ascii: "x")]
        let bytes: [UInt8] = (0..<2_000).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        var (reader, rows) = (CSVReader(), [CSVRow]())
        reader.read(bytes) { rows.append($0) }
        reader.finish { rows.append($0) }
        let lines = bytes.count { $0 == 10 } + 1
        #expect(rows.allSatisfy { (1...lines).contains($0.line) })
        #expect(rows.map(\.line) == rows.map(\.line).sorted())
    }
}

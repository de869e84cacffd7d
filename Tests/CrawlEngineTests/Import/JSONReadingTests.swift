import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct JSONReadingTests {
    private func elements(_ text: String, piece: Int = 1_000) -> (texts: [String?], isComplete: Bool) {
        let bytes = Array(text.utf8)
        var (reader, texts) = (JSONElementReader(), [String?]())
        for start in stride(from: 0, to: bytes.count, by: piece) {
            reader.read(Array(bytes[start..<min(start + piece, bytes.count)])) { element in
                texts.append(element.bytes.map { String(decoding: $0, as: UTF8.self) })
            }
        }
        return (texts, reader.isComplete)
    }

    @Test("the elements of a list are found whatever is in them and however it is cut", arguments: 1...9)
    func elements(piece: Int) {
        let texts = [#"{"a": "],}\"{", "b": [1, [2]]}"#, "{}", #""x,]""#, "12", "[1,2]", "null"]
        for frame in [
            "[\(texts.joined(separator: " ,\n"))]",
            #"{"x":"data","y":[1,{"data":[3]}],"data" : [\#(texts.joined(separator: ","))], "z": [1]}"#,
        ] {
            let found = elements(frame, piece: piece)
            #expect(found.texts.map { $0?.filter { !$0.isNewline }.trimmed } == texts)
            #expect(found.isComplete)
        }
    }

    @Test(
        "what stands behind the end of a list is said not to be read",
        arguments: [("[{\"a\":1}]\n[{\"a\":2}]", 1), ("{\"data\":[{}],\"x\":[{}]}{}", 1), ("[{}]\n ", 0)])
    func more(text: String, rejects: Int) {
        var reader = ImportRecordReader(.json)
        let outcomes = reader.read(Array(text.utf8)) + reader.finish()
        #expect(outcomes.count == 1 + rejects)
        #expect(outcomes.count { (try? $0.get()) == nil } == rejects)
    }

    @Test(
        "a list that ends early is said to be so", arguments: ["[{\"a\":1},", "[{\"a\"", "{\"data\":[{}]", "{\"x\":1}"])
    func endsEarly(text: String) throws {
        let outcomes = try ImportRig().records(text, .json)
        #expect(throws: ImportReject.self) { try outcomes.last?.get() }
    }

    @Test("what nests too deeply or is too large is one bad record, and the next is read")
    func limits() {
        let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        #expect(elements("[{\"a\":\(deep)},{}]").texts == [nil, "{}"])
        let large = "\"" + String(repeating: "x", count: ImportLimits.jsonRecordBytes + 1) + "\""
        #expect(elements("[\(large),{}]", piece: 1 << 18).texts == [nil, "{}"])
    }

    @Test("a line that is too long is one bad record; what nests too deeply too")
    func lines() throws {
        let large = "{\"a\":\"" + String(repeating: "x", count: ImportLimits.jsonRecordBytes + 1) + "\"}"
        let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
        let outcomes = try ImportRig().records("{\"a\":1}\n\(large)\n\(deep)\n{\"b\":2}", .jsonLines, piece: 1 << 20)
        #expect(outcomes.map { (try? $0.get()) != nil } == [true, false, false, true])
        let lines = outcomes.map { outcome in
            switch outcome {
            case .success(let record): record.line
            case .failure(let reject): reject.line
            }
        }
        #expect(lines == [1, 2, 3, 4])
    }
}

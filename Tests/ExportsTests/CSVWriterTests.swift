import Exports
import Testing

@Suite struct CSVWriterTests {
    private func row(_ cells: CSVCell...) -> String {
        var bytes: [UInt8] = []
        CSVWriter.append(cells, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("nothing is an empty cell, the empty text is quoted")
    func nothing() { #expect(row(.empty, .text(""), .plain("3")) == ",\"\",3\n") }

    @Test("commas, quotes and line ends are quoted")
    func quotes() {
        #expect(row(.text("a,b"), .text("say \"hi\""), .text("a\nb")) == "\"a,b\",\"say \"\"hi\"\"\",\"a\nb\"\n")
    }

    @Test(
        "what a spreadsheet may run gets an apostrophe in front, and so does what begins with one, so that it can be taken away again",
        arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'x", "＝1", "＠x"])
    func formulas(_ text: String) { #expect(row(.text(text)) == "\"'\(text)\"\n") }

    @Test("numbers of ours are themselves, negative ones too")
    func numbers() { #expect(row(.plain("-1"), .plain("2.5")) == "-1,2.5\n") }

    @Test("a sign within a text is left alone")
    func within() { #expect(row(.text("a=b"), .text("Re:Zero - 2")) == "a=b,Re:Zero - 2\n") }
}

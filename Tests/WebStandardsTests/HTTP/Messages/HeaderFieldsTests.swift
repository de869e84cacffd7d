import Testing

@testable import WebStandards

@Suite("HeaderFields")
struct HeaderFieldsTests {
    private let fields: HeaderFields = ["Set-Cookie": "a", "ETag": "x", "set-cookie": "b"]

    @Test("names have no case, values keep their order")
    func lookUp() {
        #expect(fields.first("SET-COOKIE") == "a")
        #expect(fields.all("Set-cookie") == ["a", "b"])
        #expect(fields.contains("etag") && !fields.contains("eta"))
        #expect(fields.map(\.value) == ["a", "x", "b"])
    }

    @Test("case is ASCII's only")
    func kelvinSign() {
        #expect((["\u{212A}": ""] as HeaderFields).first("k") == nil)
    }

    @Test("a value that is not UTF-8 is read as ISO 8859-1 and keeps its bytes")
    func rawBytes() {
        let latin1 = HeaderField(name: "Location", bytes: Array("/caf".utf8) + [0xE9])
        let utf8 = HeaderField(name: "Location", bytes: Array("/café".utf8))
        #expect(latin1.value == "/café" && utf8.value == "/café")
        #expect(latin1.bytes == Array("/caf".utf8) + [0xE9] && utf8.bytes == Array("/café".utf8))
        #expect(latin1 != utf8)
        #expect(utf8 == HeaderField(name: "Location", value: "/café"))
    }

    @Test(
        "only a token is a name, and a value cannot end its line",
        arguments: [
            ("X-A", "b\tc é", true, true), ("", "", false, true), ("a b", "x", false, true), ("a:", "x", false, true),
            ("é", "x", false, true), ("a", "b\r\nc: d", true, false), ("a", "b\0", true, false),
            ("a", "\u{7F}", true, false),
        ])
    func validity(name: String, value: String, hasValidName: Bool, hasValidValue: Bool) {
        let field = HeaderField(name: name, value: value)
        #expect(field.hasValidName == hasValidName && field.hasValidValue == hasValidValue)
    }
}

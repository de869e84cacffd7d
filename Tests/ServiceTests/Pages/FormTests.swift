import Testing

@testable import Service

@Suite struct FormFieldsTests {
    @Test("forms are read as browsers write them: plus for a space, bytes percent-encoded, names several times")
    func decoded() throws {
        let fields = try FormFields.decode("like=A+b%26c&like=%E3%82%AD&q=&odd&broken=%zz%4&a=b=c")
        #expect(fields.map(\.name) == ["like", "like", "q", "odd", "broken", "a"])
        #expect(fields.map(\.value) == ["A b&c", "キ", "", "", "%zz%4", "b=c"])
    }

    @Test("what is written is read as it was", arguments: ["a b", "a/b?c=d&e", "100 %", "キ\u{301}", "+", "\"'<>"])
    func written(text: String) throws {
        let read = try FormFields.decode(FormFields.encode([("name", text)]))
        #expect(read.map(\.value) == [text])
    }

    @Test("a flood of fields is refused")
    func flood() {
        #expect(throws: Problem.self) { try FormFields.decode(String(repeating: "a=b&", count: 600)) }
    }
}

@Suite struct MultipartFormTests {
    private func form(_ body: String, boundary: String = "b") throws -> MultipartForm {
        try MultipartForm(Array(body.utf8), contentType: "multipart/form-data; boundary=\(boundary)")
    }

    @Test("fields and files are told apart, and bytes are left as they are")
    func parts() throws {
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.gz\"\r\nContent-Type: application/gzip\r\n\r\n"
            + "\r\n--\r\n--bb\u{0}\r\n--b--\r\n"
        let parts = try form(body).parts
        #expect(parts.map(\.name) == ["a", "f"] && parts.map(\.fileName) == [nil, "x.gz"])
        #expect(parts[0].bytes == Array("1\r\n2".utf8))
    }

    @Test("an empty file is a file")
    func empty() throws {
        let parts = try form("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--b--").parts
        #expect(parts == [.init(name: "f", fileName: "", bytes: [])])
    }

    @Test(
        "what is no form is refused",
        arguments: [
            "", "--", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
            "--c\r\n\r\n\r\n--c--",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end", "--b\r\n--b--", "--bx",
        ])
    func broken(body: String) {
        #expect(throws: Problem.self) { try form(body) }
    }

    @Test("a boundary is needed, and none of any length")
    func boundary() {
        #expect(throws: Problem.self) { try MultipartForm([], contentType: "multipart/form-data") }
        #expect(throws: Problem.self) { try form("", boundary: String(repeating: "b", count: 71)) }
    }
}

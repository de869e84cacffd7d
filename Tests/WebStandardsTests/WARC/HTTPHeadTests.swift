import Testing
import WebStandards

@Suite struct HTTPHeadTests {
    @Test("status, fields and the place of the body are read")
    func head() throws {
        let text = Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: 1\r\nx-a: 2\r\n\r\n<p>".utf8)
        let head = try #require(HTTPHead(of: text))
        #expect(head.status == 200 && head.fields.all("X-A") == ["1", "2"])
        #expect(String(decoding: text[head.bodyStart...], as: UTF8.self) == "<p>")
    }

    @Test("a status line without a reason and one of HTTP/2 are read")
    func shortStatus() { #expect(HTTPHead(of: Array("HTTP/2 404\n\n".utf8))?.status == 404) }

    @Test(
        "what is no head is none",
        arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 abc\r\n\r\n", "<html>\r\n\r\n", "HTTP/1.1 99 x\n\n"])
    func none(_ text: String) { #expect(HTTPHead(of: Array(text.utf8)) == nil) }

    @Test("chunks are put together; one cut off gives what is there, and what has no chunks is told")
    func chunks() {
        func decode(_ text: String) -> String? {
            ChunkedBody.decode(Array(text.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(decode("4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\n\r\n") == "Wikipedia")
        #expect(decode("a\r\nabc") == "abc")
        #expect(decode("0\r\n\r\n") == "")
        #expect(decode("<html>") == nil)
        #expect(decode("FFFFFFFFFF\r\nabc") == nil)
    }
}

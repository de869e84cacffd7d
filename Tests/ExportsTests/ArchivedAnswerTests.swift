import CrawlDomain
import Exports
import TestSupport
import Testing
import WebStandards

@Suite struct ArchivedAnswerTests {
    private func record(_ head: String, _ body: [UInt8], url: String = "http://a.example/1#top") -> WARCRecord {
        var record = WARCRecord(
            .response, id: "urn:uuid:1", date: "2026-03-09T10:30:15Z", type: "application/http",
            block: Array("\(head)\r\n\r\n".utf8) + body)
        record.fields.append("WARC-Target-URI", url)
        return record
    }

    @Test("a body that came with gzip stays so; chunks around it go")
    func gzip() throws {
        let zipped = GzipFile.stored(Array("hello".utf8))
        let chunked = Array("\(String(zipped.count, radix: 16))\r\n".utf8) + zipped + Array("\r\n0\r\n\r\n".utf8)
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
        let answer = try ArchivedAnswer(record(head, chunked))
        #expect(answer.coding == .gzip && answer.body == zipped && answer.length == 5)
        #expect(answer.url.href == "http://a.example/1")
        let plain = try ArchivedAnswer(record("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", Array("hello".utf8)))
        #expect(plain.coding == .identity && plain.body == Array("hello".utf8))
    }

    @Test("what gives no page is told apart")
    func refused() {
        func refusal(_ record: WARCRecord) -> ArchivedAnswer.Refusal? {
            do throws(ArchivedAnswer.Refusal) { _ = try ArchivedAnswer(record) } catch { return error }
            return nil
        }
        #expect(refusal(record("HTTP/1.1 404 No", [])) == .otherStatus)
        #expect(refusal(record("no head", [])) == .notAnAnswer)
        #expect(refusal(record("HTTP/1.1 200 OK", [], url: "ftp://a.example/")) == .notAnAnswer)
        #expect(refusal(record("HTTP/1.1 200 OK\r\nContent-Encoding: br", [1, 2, 3])) == .broken)
        #expect(refusal(record("HTTP/1.1 200 OK\r\nContent-Encoding: made-up", [])) == .broken)
        let bomb = GzipFile.zeros(100 << 20)
        #expect(refusal(record("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", bomb)) == .broken)
    }
}

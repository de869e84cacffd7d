import Fetching
import Testing

@Suite("HTTPHeaders")
struct HTTPHeadersTests {
    private let headers: HTTPHeaders = [
        HTTPField(name: "Set-Cookie", value: "a"), HTTPField(name: "ETag", value: "x"),
        HTTPField(name: "set-cookie", value: "b"),
    ]

    @Test("names have no case, values keep their order")
    func lookUp() {
        #expect(headers.first("SET-COOKIE") == "a")
        #expect(headers.all("Set-cookie") == ["a", "b"])
        #expect(headers.contains("etag") && !headers.contains("eta"))
        #expect(headers.map(\.value) == ["a", "x", "b"])
    }

    @Test("case is ASCII's only")
    func kelvinSign() {
        #expect(HTTPHeaders([HTTPField(name: "\u{212A}", value: "")]).first("k") == nil)
    }
}

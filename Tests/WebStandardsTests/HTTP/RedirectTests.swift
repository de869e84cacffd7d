import Testing

@testable import WebStandards

@Suite("Redirects")
struct RedirectTests {
    private func next(
        _ method: String = "GET", _ url: String = "https://example.com/a", fields: HeaderFields = [:],
        hasBody: Bool = false, status: Int = 302, location: String
    ) throws -> RequestHead? {
        let request = RequestHead(method: method, url: try #require(WebURL(url)), fields: fields, hasBody: hasBody)
        return Redirect(of: request, by: ResponseHead(status: status, fields: ["Location": location]))?.request
    }

    private static let secrets: HeaderFields = [
        "Authorization": "Bearer 1", "Cookie": "a=b", "Proxy-Authorization": "Basic 2", "X-Api-Key": "3",
        "Accept": "text/html", "User-Agent": "AnimeMatcher/1",
    ]

    @Test("within an origin everything goes along, also when the default port is spelt out")
    func sameOrigin() throws {
        let next = try next(fields: Self.secrets, location: "https://example.com:443/b")
        #expect(next?.url.href == "https://example.com/b")
        #expect(next?.fields == Self.secrets)
    }

    @Test(
        "another host, scheme or port gets no secret; a cookie stays with its host",
        arguments: [
            ("https://example.com/", "https://other.example/", false),
            ("https://example.com/", "http://example.com/", false),
            ("http://example.com/", "https://example.com/", true),
            ("https://example.com:8443/", "https://example.com:8080/", true),
            ("https://example.com/", "https://example.com.evil.example/", false),
            ("https://example.com/", "https://sub.example.com/", false),
        ])
    func otherOrigin(from: String, to: String, keepsCookie: Bool) throws {
        for status in [301, 302, 303, 307, 308] {
            let next = try #require(try next("GET", from, fields: Self.secrets, status: status, location: to))
            for name in ["Authorization", "Proxy-Authorization", "X-Api-Key"] { #expect(!next.fields.contains(name)) }
            #expect(next.fields.contains("Cookie") == keepsCookie)
            #expect(next.fields.contains("Accept") && next.fields.contains("User-Agent"))
        }
    }

    @Test("a POST becomes a GET without its body on 301, 302 and 303, and stays what it is on 307 and 308")
    func methods() throws {
        let fields: HeaderFields = ["Content-Type": "text/plain", "content-length": "4", "Accept": "*/*"]
        for status in [301, 302, 303] {
            let next = try #require(
                try next("POST", fields: fields, hasBody: true, status: status, location: "https://other.example/"))
            #expect((next.method, next.hasBody) == ("GET", false))
            #expect(next.fields == ["Accept": "*/*"])
        }
        for status in [307, 308] {
            let next = try #require(try next("POST", fields: fields, hasBody: true, status: status, location: "/b"))
            #expect((next.method, next.hasBody) == ("POST", true))
            #expect(next.fields == fields)
        }
        for status in [301, 302, 303, 307, 308] {
            #expect(try next("HEAD", status: status, location: "/b")?.method == "HEAD")
        }
        #expect(try next("DELETE", status: 303, location: "/b")?.method == "GET")
    }

    @Test("validators and ranges belong to the URL they were for")
    func validators() throws {
        let fields: HeaderFields = ["If-None-Match": "\"1\"", "If-Modified-Since": "now", "Range": "bytes=0-1"]
        #expect(try next(fields: fields, location: "/b")?.fields == [:])
    }

    @Test("a fragment is inherited unless the target has one; user names are not followed")
    func targets() throws {
        #expect(try next("GET", "https://example.com/a#x", location: "/b")?.url.href == "https://example.com/b#x")
        #expect(try next("GET", "https://example.com/a#x", location: "/b#y")?.url.href == "https://example.com/b#y")
        #expect(try next(location: "https://me:secret@example.com/b")?.url.href == "https://example.com/b")
        #expect(try next(location: "//other.example/b")?.url.href == "https://other.example/b")
        #expect(try next(location: "/a\r\nSet-Cookie: z")?.url.href == "https://example.com/aSet-Cookie:%20z")
    }

    @Test(
        "targets that are not http lead nowhere",
        arguments: [
            "file:///etc/passwd", "FILE:///etc/passwd", "data:text/html,x", "gopher://example.com/",
            "dict://localhost:1/",
            "ftp://example.com/", "javascript:alert(1)", "http://", "http://[::1", "//", "",
        ])
    func otherSchemes(location: String) throws {
        #expect(try next(location: location) == nil)
    }

    @Test("other statuses are no redirects, and two targets that differ are none")
    func noRedirects() throws {
        for status in [200, 300, 304, 305, 306, 399, 404] { #expect(try next(status: status, location: "/b") == nil) }
        let request = RequestHead(url: try #require(WebURL("https://example.com/")))
        func isFollowed(_ fields: HeaderFields) -> Bool {
            Redirect(of: request, by: ResponseHead(status: 302, fields: fields)) != nil
        }
        #expect(!isFollowed([:]))
        #expect(!isFollowed(["Location": "/a", "location": "/b"]))
        #expect(isFollowed(["Location": "/a", "location": "/a"]))
    }
}

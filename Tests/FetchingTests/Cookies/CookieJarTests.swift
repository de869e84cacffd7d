import Testing
import WebStandards

@testable import Fetching

@Suite("CookieJar")
struct CookieJarTests {
    private static let suffixes = PublicSuffixList(text: "com\nuk\nco.uk\nio\ngithub.io\n*.ck\n!www.ck\norg\n")
    private let start: Int64 = 1_800_000_000

    private func jar(_ fields: String..., from url: String) throws -> CookieJar {
        var jar = CookieJar(suffixes: Self.suffixes)
        try record(fields, from: url, in: &jar)
        return jar
    }

    private func record(_ fields: [String], from url: String, in jar: inout CookieJar) throws {
        let headers = HeaderFields(fields.map { HeaderField(name: "Set-Cookie", value: $0) })
        jar.record(headers, from: try #require(WebURL(url)), now: start)
    }

    private func sent(_ jar: CookieJar, to url: String, after seconds: Int64 = 0) throws -> String? {
        var jar = jar
        return jar.header(for: try #require(WebURL(url)), now: start + seconds)
    }

    @Test("a cookie without Domain goes back to its host alone, on any port and scheme")
    func hostOnly() throws {
        let jar = try jar("a=1", from: "http://x.example.com/")
        #expect(try sent(jar, to: "http://x.example.com/b?c") == "a=1")
        #expect(try sent(jar, to: "https://X.EXAMPLE.com.:8443/") == "a=1")
        #expect(try sent(jar, to: "http://y.x.example.com/") == nil)
        #expect(try sent(jar, to: "http://example.com/") == nil)
    }

    @Test("a cookie with Domain goes to that domain and below, not beside", arguments: ["example.com", ".Example.COM"])
    func domain(text: String) throws {
        let jar = try jar("a=1; Domain=\(text)", from: "http://x.example.com/")
        #expect(try sent(jar, to: "http://example.com/") == "a=1")
        #expect(try sent(jar, to: "http://a.b.example.com/") == "a=1")
        #expect(try sent(jar, to: "http://badexample.com/") == nil)
        #expect(try sent(jar, to: "http://example.com.evil.org/") == nil)
    }

    @Test(
        "a domain that is not the host's own, or a public suffix, is refused",
        arguments: [
            ("com", "http://example.com/"), ("COM", "http://example.com/"), ("co.UK", "http://example.co.uk/"),
            ("co.uk", "http://example.co.uk./"), ("co.uk.", "http://example.co.uk/"),
            ("co.uk.", "http://example.co.uk./"), (".co.uk", "http://example.co.uk/"),
            ("github.io", "http://me.github.io/"), ("foo.ck", "http://bar.foo.ck/"), ("ck", "http://bar.foo.ck/"),
            ("unknown", "http://a.unknown/"), ("other.com", "http://example.com/"),
            ("x.example.com", "http://example.com/"), ("ample.com", "http://example.com/"),
            ("0.0.1", "http://127.0.0.1/"), ("1", "http://127.0.0.1/"), ("127.0.0.2", "http://127.0.0.1/"),
            ("exämple.com", "http://xn--exmple-cua.com/"), ("example.com.", "http://example.com/"),
            (" example.com, other.com", "http://example.com/"),
        ])
    func foreignDomain(domain: String, url: String) throws {
        #expect(try jar("a=1; Domain=\(domain)", from: url).cookies.isEmpty)
    }

    @Test(
        "a host that is a public suffix, an address or has one label may name itself, for itself alone",
        arguments: [
            ("github.io", "http://github.io/"), ("127.0.0.1", "http://127.0.0.1/"),
            ("localhost", "http://localhost:80/"),
        ])
    func suffixItself(domain: String, url: String) throws {
        let jar = try jar("a=1; Domain=\(domain)", from: url)
        #expect(jar.cookies.map(\.isHostOnly) == [true])
        #expect(try sent(jar, to: url) == "a=1")
        guard WebURL("http://below.\(domain)/") != nil else { return }
        #expect(try sent(jar, to: "http://below.\(domain)/") == nil)
    }

    @Test("an exception of the list may have cookies")
    func exception() throws {
        #expect(try jar("a=1; Domain=www.ck", from: "http://a.www.ck/").cookies.count == 1)
    }

    @Test(
        "the path decides, whole segments only",
        arguments: [
            ("/a", "/a", true), ("/a", "/a/b", true), ("/a", "/ab", false), ("/a/", "/a/b", true), ("/a/", "/a", false),
            ("/", "/x", true), ("/a", "/", false),
        ])
    func path(path: String, asked: String, isSent: Bool) throws {
        let jar = try jar("a=1; Path=\(path)", from: "http://example.com/")
        #expect(try (sent(jar, to: "http://example.com\(asked)") != nil) == isSent)
    }

    @Test(
        "without a usable Path it is the folder of the page",
        arguments: [("/", "/"), ("/a", "/"), ("/a/", "/a"), ("/a/b", "/a"), ("/a/b/c?d/e", "/a/b")])
    func defaultPath(asked: String, path: String) throws {
        for field in ["a=1", "a=1; Path=", "a=1; Path=relative"] {
            #expect(try jar(field, from: "http://example.com\(asked)").cookies.map(\.path) == [path])
        }
    }

    @Test("Secure cookies come and go over https only, and are not overlaid in the clear")
    func secure() throws {
        #expect(try jar("a=1; Secure", from: "http://example.com/").cookies.isEmpty)
        var jar = try jar("a=1; secure; Domain=example.com", from: "https://example.com/")
        #expect(try sent(jar, to: "http://example.com/") == nil)
        #expect(try sent(jar, to: "https://www.example.com/") == "a=1")
        try record(["a=evil; Domain=example.com", "a=evil; Path=/x"], from: "http://www.example.com/", in: &jar)
        #expect(try sent(jar, to: "https://www.example.com/x") == "a=1")
        try record(["b=2"], from: "http://www.example.com/", in: &jar)
        #expect(try sent(jar, to: "https://www.example.com/") == "a=1; b=2")
    }

    @Test(
        "what a name promises must hold",
        arguments: [
            ("__Host-a=1; Secure; Path=/", "https", true), ("__Host-a=1; Secure; Path=/", "http", false),
            ("__Host-a=1; Secure", "https", false), ("__Host-a=1; Path=/", "https", false),
            ("__Host-a=1; Secure; Path=/; Domain=example.com", "https", false),
            ("__hOST-a=1; Path=/", "https", false), ("__Secure-a=1; Secure", "https", true),
            ("__Secure-a=1", "https", false), ("=__Secure-a=1; Secure", "https", false),
            ("__Host-a; Secure; Path=/", "https", false),
        ])
    func prefixes(field: String, scheme: String, isKept: Bool) throws {
        #expect(try jar(field, from: "\(scheme)://example.com/").cookies.isEmpty != isKept)
    }

    @Test("Max-Age wins over Expires; both are forgotten in time, none lasts for more than 400 days")
    func expiry() throws {
        let both = try jar(
            "a=1; Max-Age=10; Expires=Wed, 09 Jun 2100 10:18:14 GMT", from: "http://example.com/")
        #expect(try sent(both, to: "http://example.com/", after: 9) == "a=1")
        #expect(try sent(both, to: "http://example.com/", after: 10) == nil)
        let session = try jar("a=1", "b=2; Max-Age=soon; Expires=never", from: "http://example.com/")
        #expect(session.cookies.allSatisfy { $0.expires == nil })
        let long = try jar(
            "a=1; Max-Age=99999999999999999999", "b=1; Expires=Wed, 09 Jun 2100 10:18:14 GMT",
            from: "http://example.com/")
        #expect(long.cookies.allSatisfy { $0.expires == start + 400 * 86_400 })
    }

    @Test(
        "an expiry in the past deletes",
        arguments: [
            "Max-Age=0", "Max-Age=-1", "max-age=-999999999999999999999", "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        ])
    func deletion(attribute: String) throws {
        var jar = try jar("a=1", "b=2", from: "http://example.com/")
        try record(["a=; \(attribute)"], from: "http://example.com/", in: &jar)
        #expect(try sent(jar, to: "http://example.com/") == "b=2")
    }

    @Test("a cookie of the same name, domain and path is replaced in its place; longer paths are sent first")
    func order() throws {
        var jar = try jar("a=1", "b=2", "c=3; Path=/x", from: "http://example.com/")
        try record(["a=4"], from: "http://example.com/", in: &jar)
        #expect(try sent(jar, to: "http://example.com/x") == "c=3; a=4; b=2")
    }

    @Test(
        "fields that are no cookie are passed over",
        arguments: ["", ";", "=", " ; Path=/", "a\u{1}=1", "a=\u{7f}", "a=1; Path=/\u{0}", "a=1\r\nX: y"])
    func noCookie(field: String) throws {
        #expect(try jar(field, from: "http://example.com/").cookies.isEmpty)
    }

    @Test(
        "odd fields are read as browsers read them",
        arguments: [
            ("a", "a"), ("=a", "a"), ("==a", "=a"), ("a==b", "a==b"), (" a = b ; x", "a=b"), ("a=\"b c\"", "a=\"b c\""),
            ("a=b,c=d", "a=b,c=d"), ("a=", "a="), ("ä=ö", "ä=ö"),
        ])
    func oddFields(field: String, header: String) throws {
        #expect(try sent(jar(field, from: "http://example.com/"), to: "http://example.com/") == header)
    }

    @Test("a cookie over 4096 bytes is refused; a long attribute is passed over")
    func sizes() throws {
        let long = String(repeating: "x", count: 4096)
        #expect(try jar("a=\(long)", from: "http://example.com/").cookies.isEmpty)
        #expect(try jar("a=\(long.dropFirst())", from: "http://example.com/").cookies.count == 1)
        let path = try jar("a=1; Path=/\(long)", from: "http://example.com/").cookies
        #expect(path.map(\.path) == ["/"])
    }

    @Test("a host cannot fill the jar, nor a header")
    func counts() throws {
        var jar = CookieJar(suffixes: Self.suffixes)
        for batch in 0..<4 {
            try record(
                (0..<50).map { "n\($0)b\(batch)=\(String(repeating: "v", count: 4000))" }, from: "https://a.com/",
                in: &jar)
        }
        #expect(jar.cookies.count == CookieJar.maximumPerDomain)
        #expect(jar.cookies.last?.name == "n49b3")
        #expect(try #require(try sent(jar, to: "https://a.com/")).utf8.count <= CookieJar.maximumHeaderBytes)
        for host in 0..<970 { try record(["a=1"], from: "https://h\(host).com/", in: &jar) }
        #expect(jar.cookies.count == CookieJar.maximumCount)
        var single = CookieJar(suffixes: Self.suffixes)
        try record((0..<200).map { "n\($0)=1" }, from: "https://a.com/", in: &single)
        #expect(single.cookies.count == 50)
    }

    @Test("nothing that prints a cookie shows its value")
    func unprinted() throws {
        let store = CookieStore(suffixes: Self.suffixes) { 0 }
        let url = try #require(WebURL("https://example.com/"))
        store.record(["Set-Cookie": "a=s3cret"], from: url)
        var dumped = "\(store) \(store.cookies) \(String(reflecting: store.cookies))"
        dump(store.cookies, to: &dumped)
        #expect(store.header(for: url) == "a=s3cret" && !dumped.contains("s3cret"))
    }
}

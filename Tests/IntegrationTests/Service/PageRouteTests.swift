import Foundation
import TestSupport
import Testing

/// What pages answer, as fields and status; what they look like is for ``BrowserTests``.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct PageRouteTests {
    private let browser = ["Accept": "text/html,*/*;q=0.8"]

    private func upload(_ file: String) -> ServeRig.Question {
        let part = "Content-Disposition: form-data; name=\"export\"; filename=\"a.xml\"\r\n\r\n"
        return (
            "POST", "/", browser.merging(["Content-Type": "multipart/form-data; boundary=b"]) { $1 },
            "--b\r\n\(part)\(file)\r\n--b--\r\n"
        )
    }

    @Test("pages come with their policy and a tag, and nothing of theirs is inline; assets may be kept")
    func served() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            guard let first = try await rig.ask([("GET", "/", browser, "")])?.first else { return }
            let (page, fields) = (first["body"] as? String ?? "", first["fields"] as? [String: String] ?? [:])
            #expect(!page.contains("<style") && !page.contains("style=") && !page.contains("<script>"))
            let policy = fields["content-security-policy"] ?? ""
            #expect(policy.contains("default-src 'none';") && policy.contains("style-src 'self';"))
            #expect(!policy.contains("unsafe"))
            let style = try #require(page.firstMatch(of: /href="(\/assets\/site.css\?v=[0-9a-z]+)"/)?.1)
            let answers = try #require(
                try await rig.ask([
                    ("GET", "/", browser.merging(["If-None-Match": fields["etag"] ?? ""]) { $1 }, ""),
                    ("GET", String(style), [:], ""), ("GET", "/assets/site.css?v=old", [:], ""),
                    ("GET", "/assets/nothing.css", [:], ""), ("GET", "/assets/..%2Fsite.css", [:], ""),
                ]))
            #expect(answers.map { $0["status"] as? Int } == [304, 200, 200, 404, 404])
            let caching = answers.map { ($0["fields"] as? [String: String])?["cache-control"] }
            #expect(caching[1] == "public, max-age=31536000, immutable" && caching[2] == "public, no-cache")
            #expect((answers[1]["fields"] as? [String: String])?["content-type"] == "text/css; charset=utf-8")
        }
    }

    @Test("forms end at an address that says the same and no more")
    func redirected() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            guard
                let answers = try await rig.ask([
                    ("GET", "/?q=&like=A+b%26c&story_share=0.02&add_like=D&from_year=&series=next", browser, ""),
                    (
                        "POST", "/", browser.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 },
                        "user=x"
                    ),
                ])
            else { return }
            #expect(answers.map { $0["status"] as? Int } == [303, 303])
            let places = answers.map { ($0["fields"] as? [String: String])?["location"] }
            #expect(places == ["/?like=A%20b%26c&like=D", "/?user=x"])
        }
    }

    @Test("browsers get errors as pages, programs as JSON; hostile files are refused with what is wrong")
    func refused() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            let form = browser.merging(["Content-Type": "multipart/form-data; boundary=b"]) { $1 }
            guard
                let answers = try await rig.ask([
                    ("GET", "/nothing", browser, ""), ("GET", "/nothing", [:], ""),
                    ("GET", "/?from_year=soon", browser, ""), ("GET", "/anime/%FF", browser, ""),
                    ("GET", "/?user=nobody", browser, ""),
                    upload("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><myanimelist>&b;</myanimelist>"),
                    upload("<html></html>"), upload(""), ("POST", "/", form, "--c\r\nnothing"),
                    ("POST", "/", form.merging(["Origin": "http://evil.example.net"]) { $1 }, "--b--"),
                    ("POST", "/", form.merging(["Repeat": "\(5 << 20)"]) { $1 }, "a"),
                ])
            else { return }
            #expect(
                answers.map { $0["status"] as? Int } == [404, 404, 400, 400, 404, 400, 400, 400, 400, 403, 413])
            let types = answers.map { ($0["fields"] as? [String: String])?["content-type"] }
            #expect(types.enumerated().allSatisfy { ($0.offset == 1) == ($0.element == "application/problem+json") })
            let texts = answers.map { $0["body"] as? String ?? "" }
            #expect(texts[5].contains("a document type, which is refused"), "\(texts[5])")
            #expect(texts[2].contains("from_year: expected a whole number"), "\(texts[2])")
            #expect(!texts.joined().contains("root:"))
        }
    }
}

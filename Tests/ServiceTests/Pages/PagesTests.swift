import Foundation
import HTTPTypes
import Testing

@testable import Service

@Suite struct PagesTests {
    private struct Model: Sendable {
        let heading: String
        var detail = ""
        var advice: String?
    }

    private func text(_ answer: Answer) -> String { String(decoding: answer.bytes, as: UTF8.self) }

    @Test("what is stored is text in a page, never markup, whatever marks are combined with it")
    func escaped() throws {
        let hostile = "<script>alert(1)</script> \"\u{301} onfocus=x '\u{301} <\u{301} & \0"
        let page = text(
            try Pages().answer("problem", Model(heading: hostile, detail: hostile), PageHead(title: hostile)))
        #expect(!page.contains("<script>"))
        #expect(!page.unicodeScalars.contains("\0"))
        #expect(
            page.contains(
                "<h1>&lt;script&gt;alert(1)&lt;/script&gt; &quot;\u{301} onfocus=x &#39;\u{301} &lt;\u{301} &amp; \u{FFFD}</h1>"
            ))
        #expect(page.contains("<title>&lt;script&gt;"))
    }

    private struct Liked: Sendable {
        let search: String
        let liked: [String]
        let found: [String] = []
        let count: String
    }

    @Test("marks of direction and control characters are not shown, and what a form sends back is what it was")
    func direction() throws {
        let title = "a\u{202E}b\u{2066}c\u{2069}\u{7}\u{202A}“d”\t\u{200D}"
        let pages = try Pages()
        let shown = pages.fragment("problem", Model(heading: title))
        #expect(shown.contains("<h1>a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}\u{FFFD}“d”\t\u{200D}</h1>"), "\(shown)")
        let form = pages.fragment("map", Liked(search: title, liked: [title + "<\""], count: title))
        #expect(form.contains("name=\"like\" value=\"\(title)&lt;&quot;\""), "\(form)")
        #expect(form.contains("name=\"q\" type=\"search\" value=\"\(title)\""))
        // After a field all is shown again.
        #expect(form.split(separator: "\u{202E}").count == 3)
    }

    @Test("templates include others with the same escaping, and the frame marks where one is")
    func frame() throws {
        let page = text(
            try Pages().answer("problem", Model(heading: "a"), PageHead(title: "b", section: .map, scripts: ["x.js"])))
        #expect(page.contains("<a href=\"/map\" aria-current=\"page\">Map</a>"))
        #expect(page.components(separatedBy: "aria-current").count == 2)
        #expect(page.contains("<script type=\"module\" src=\"/assets/x.js\"></script>"))
        #expect(!page.contains("<style") && !page.contains("style=\""))
    }

    @Test("the tag of a page changes with what it is made of, and is left out where that is not known")
    func tags() throws {
        let pages = try Pages()
        let tag = { pages.answer("problem", Model(heading: "a"), PageHead(title: "b", tag: $0)).tag }
        #expect(tag("i1") != tag("i2") && tag("i1")?.hasPrefix("i1-") == true && tag(nil) == nil)
    }

    @Test("every file of the pages is in the program, under its name")
    func files() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Service/Pages/Files").standardized
        let names = { (part: String) in
            try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(part).path).sorted()
        }
        #expect(try names("Templates") == PageFiles.templates.keys.map { $0 + ".mustache" }.sorted())
        #expect(try names("Assets") == PageFiles.assets.keys.sorted())
    }

    @Test("an asset may be kept for ever under the address of its content, and is asked for anew under any other")
    func assets() {
        let asset = Asset(name: "site.css", bytes: Array("a {}".utf8))
        #expect(asset.address == "/assets/site.css?v=\(asset.version)")
        #expect(asset.answer(asked: asset.version).caching == "public, max-age=31536000, immutable")
        #expect(asset.answer(asked: nil).caching == "public, no-cache")
        #expect(asset.answer(asked: "old").tag == "a-\(asset.version)")
        #expect(asset.version != Asset(name: "site.css", bytes: Array("b {}".utf8)).version)
    }
}

@Suite struct ProblemPageTests {
    @Test("browsers get a page, programs and the API a problem as JSON")
    func wanted() {
        let browser = "text/html,application/xhtml+xml,*/*;q=0.8"
        #expect(ProblemPage.isWanted(path: "/anime/x", accept: browser))
        #expect(!ProblemPage.isWanted(path: "/api/v1/search", accept: browser))
        #expect(!ProblemPage.isWanted(path: "/anime/x", accept: "*/*"))
        #expect(!ProblemPage.isWanted(path: "/anime/x", accept: nil))
    }

    @Test("who has to wait is told how long")
    func waiting() {
        var problem = Problem(.tooManyRequests, "too many requests from this address")
        problem.retryAfter = 1
        let page = ProblemPage(problem)
        #expect(page.heading == "Too many requests" && page.detail == "Too many requests from this address")
        #expect(page.advice == "Try again in 1 second.")
        #expect(ProblemPage(Problem(.notFound, "there is nothing here")).advice == nil)
    }
}

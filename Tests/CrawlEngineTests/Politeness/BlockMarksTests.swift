import CrawlEngine
import Foundation
import TestSupport
import Testing
import WebStandards

@Suite struct BlockMarksTests {
    private func finding(_ text: String, status: Int = 200, headers: HeaderFields = [:]) -> BlockMarks.Finding? {
        BlockMarks.finding(status: status, headers: headers, body: Array(text.utf8))
    }

    @Test("what protections write themselves is recognised, in a short page or a header")
    func protections() {
        #expect(finding("", headers: ["cf-mitigated": "challenge"]) == .blocked("a challenge (cf-mitigated)"))
        #expect(finding("<html><TITLE>Just a moment...</TITLE>", status: 403) == .blocked("a challenge (Cloudflare)"))
        let imperva = "<p>Request unsuccessful. Incapsula incident ID: 7-1</p>"
        #expect(finding(imperva) == .blocked("a block page (Imperva)"))
    }

    @Test("words and scripts that stand in good pages prove nothing")
    func goodPages() {
        #expect(finding("<title>Just a moment</title><h1>A film</h1>") == nil)
        #expect(finding("<title>Captcha the Robot</title><script src='/_Incapsula_Resource?x'></script>") == nil)
        #expect(finding("<title>Naruto</title><form><input type=\"password\"></form>") == nil)
        #expect(finding("<title>Just a moment...</title>", status: 404) == nil)
        #expect(finding("<title>Just a moment...</title>" + String(repeating: " ", count: 70_000)) == nil)
    }

    @Test("a page that calls itself a login and asks for a password is a wall")
    func login() {
        #expect(finding("<title>Login - Some list</title><input type=\"password\">") == .loginWall)
        #expect(finding("<title>Please sign in</title><input type=\"password\">") == .loginWall)
        #expect(finding("<title>Loginov, Ivan</title><input type=\"password\">") == nil)
        #expect(finding("</title><title>login<input type=\"password\">") == nil)
    }

    @Test(
        "of all recorded pages, those that block us are recognised and no other",
        .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func recorded() throws {
        var (good, hits) = (0, 0)
        for line in try RecordedMaterial.lines("pages/index.jsonl") {
            let row = try JSONValue(parsing: line)
            let (file, kind) = (row["file"]?.stringValue ?? "", row["kind"]?.stringValue ?? "")
            let body = try RecordedMaterial.bytes("pages/\(file)")
            let found = BlockMarks.finding(status: 200, headers: [:], body: body)
            switch kind {
            case "blocked", "login":
                hits += 1
                #expect(found != nil, "\(file)")
            default:
                good += 1
                #expect(found == nil, "\(file)")
            }
        }
        #expect(good > 500 && hits >= 3)
    }
}

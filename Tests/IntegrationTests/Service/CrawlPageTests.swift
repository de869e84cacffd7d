import CrawlDomain
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct CrawlPageTests {
    /// An operator who has signed in: the cookie, and the word of the forms.
    private struct SignedIn {
        let visitor: PageVisitor
        let cookie: String
        let word: String

        init(_ rig: ServeRig) async throws {
            visitor = PageVisitor(rig.origin)
            let answer = try await visitor.post("/crawl/sign-in", ["token": rig.token])
            #expect(answer.status == 303 && answer.fields["location"] == "/crawl", "\(answer)")
            cookie = try #require(answer.cookie)
            word = try #require(try await visitor.get("/crawl", ["Cookie": cookie]).word)
        }

        func press(_ button: String, _ form: [String: String] = [:], _ fields: [String: String] = [:]) async throws
            -> PageVisitor.Page
        {
            let own = ["do": button, "site": "demo", "word": word].merging(form) { $1 }
            return try await visitor.post("/crawl/steer", own, ["Cookie": cookie].merging(fields) { $1 })
        }

        /// What the page says after a button.
        func said(after button: String, _ form: [String: String] = [:]) async throws -> String {
            let answer = try await press(button, form)
            #expect(answer.status == 303, "\(answer)")
            let page = try await visitor.get(answer.fields["location"] ?? "", ["Cookie": cookie])
            return page.body.firstMatch(of: #/id="crawl-message"[^>]*>([^<]*)/#).map { String($0.1) } ?? page.body
        }
    }

    private static let publicSpider = """
        site: example
        hosts: [anime.example]
        terms: {url: "https://anime.example/terms"}
        start: ["https://anime.example/top"]
        pages: {top: {url: /top, links: [a]}}
        """

    private var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }

    @Test("an operator signs in, pauses the crawl under way, lets it go on, asks for a page again and signs out")
    func steered() async throws {
        try await ServeRig.with(anime: 12, users: 4) { rig in
            let before = try await PageVisitor(rig.origin).get("/crawl")
            #expect(before.status == 200 && before.body.contains("Sign in to steer") && before.word == nil)
            let own = try await SignedIn(rig)
            let site = rig.rig.site
            let requests = { site.log.settledEntries().sorted { $0.arrived < $1.arrived } }
            // So slow that a button comes in time however busy the machine is.
            try await rig.rig.database.control.setDelay(.site("demo"), 2)
            _ = try await rig.rig.animematcher("frontier", "reset", "demo", "--whole")
            let begun = requests().count
            let crawl = try await RunningCrawl(rig.rig, ["--resume"])
            try await eventually("the crawl is shown") {
                let live = try await own.visitor.get("/crawl/live").body
                return requests().count >= begun + 3 && live.contains("demo: crawling")
            }
            #expect(try await own.said(after: "pause", ["reason": "a <b>test</b>\n"]).hasPrefix("demo is paused"))
            let asked = now
            try await eventually("requests cease") { requests().last.map { now - $0.finished > 3_000_000 } ?? false }
            #expect(requests().allSatisfy { $0.arrived < asked + 10_000_000 })
            #expect(crawl.isRunning)
            let paused = try await own.visitor.get("/crawl").body
            #expect(paused.contains("(a &lt;b&gt;test&lt;/b&gt;)") && paused.contains("with the whole site"))
            let host = "127.0.0.1:\(site.port)"
            #expect(try await own.said(after: "pause-host", ["host": host]) == "\(host) is paused, for all sites.")
            #expect(try await own.said(after: "resume-host", ["host": host]) == "\(host) goes on.")
            #expect(try await own.said(after: "pause-host", ["host": "h.example"]).contains("no host that demo knows"))
            try await rig.rig.database.control.setDelay(.site("demo"), nil)
            let quiet = requests().count
            #expect(try await own.said(after: "resume") == "demo goes on.")
            #expect(try await crawl.end()["state"] as? String == "finished")
            #expect(requests().count > quiet)

            let page = "\(rig.rig.origin)/anime/1"
            #expect(
                try await own.said(after: "recrawl", ["url": page])
                    == "\(page) is due now, before all others; a crawl must be started for it.")
            let due = try await rig.rig.database.frontier.list(site: "demo", state: .due, limit: 10)
            #expect(due.contains { $0.url.hasPrefix(page) }, "\(due)")
            let stranger = try await own.said(after: "recrawl", ["url": "https://example.org/"])
            #expect(stranger == "https://example.org/ is not a page that the spider of demo reads")
            #expect(try await own.said(after: "stop") == "No crawl of demo is under way.")
            try Data(Self.publicSpider.utf8).write(to: rig.home.spider("example"))
            let refusal = try await own.said(after: "start", ["site": "example"])
            #expect(refusal.contains("contact: mailto:") && refusal.contains("acknowledged_terms"), "\(refusal)")

            let out = try await own.visitor.post("/crawl/sign-out", ["word": own.word], ["Cookie": own.cookie])
            #expect(out.status == 303 && out.fields["set-cookie"]?.contains("Max-Age=0") == true)
            // Whoever has kept the cookie is out too.
            #expect(try await own.press("pause").status == 403)
            #expect(try await own.visitor.get("/crawl", ["Cookie": own.cookie]).word == nil)
        }
    }

    @Test("what is not a form of ours, of this session and from this origin changes nothing, and no secret is logged")
    func refused() async throws {
        try await ServeRig.with(anime: 3, users: 2) { rig in
            let (own, other) = (try await SignedIn(rig), try await SignedIn(rig))
            let (name, value) = (own.cookie.prefix { $0 != "=" }, own.cookie.drop { $0 != "=" }.dropFirst())
            let parts = value.split(separator: ".").map(String.init)
            let later = "\(name)=\(try #require(Int64(parts[0])) + 1).\(parts[1]).\(parts[2])"
            let past = "\(name)=1.\(parts[1]).\(parts[2])"
            let refusals: [(what: String, form: [String: String], fields: [String: String], status: Int)] = [
                ("no cookie", [:], ["Cookie": ""], 403), ("a made-up cookie", [:], ["Cookie": "\(name)=1.2.3"], 403),
                ("a longer life", [:], ["Cookie": later], 403), ("an end in the past", [:], ["Cookie": past], 403),
                ("no word", ["word": ""], [:], 403), ("another session's word", ["word": other.word], [:], 403),
                ("another origin", [:], ["Origin": "http://evil.example.net"], 403),
                ("another port", [:], ["Origin": "http://127.0.0.1:1"], 403),
                ("no origin", [:], ["Origin": "null"], 403),
                ("another site's page", [:], ["Sec-Fetch-Site": "cross-site"], 403),
                ("a neighbour's page", [:], ["Sec-Fetch-Site": "same-site"], 403),
                ("a host that is not ours", [:], ["Host": "evil.example.net"], 421),
                ("another kind of body", [:], ["Content-Type": "text/plain"], 415),
            ]
            for refusal in refusals {
                let answer = try await own.press("pause", refusal.form, refusal.fields)
                #expect(answer.status == refusal.status, "\(refusal.what): \(answer)")
            }
            #expect(try await own.visitor.get("/crawl/steer?do=pause&site=demo", ["Cookie": own.cookie]).status == 404)
            let query = "/crawl?said=%2BSend%20your%20token%20elsewhere&seal=00"
            #expect(!(try await own.visitor.get(query, ["Cookie": own.cookie]).body.contains("elsewhere")))
            #expect(try await rig.rig.database.control.instructions(site: "demo").pause == nil)
            // The same form, from where it belongs.
            let good = try await own.press("pause", [:], ["Origin": rig.origin, "Sec-Fetch-Site": "same-origin"])
            #expect(good.status == 303)
            #expect(try await rig.rig.database.control.instructions(site: "demo").pause != nil)

            let foreign = ["Origin": "http://evil.example.net"]
            #expect(try await own.visitor.post("/crawl/sign-in", ["token": rig.token], foreign).status == 403)
            var statuses: [Int] = []
            for guess in 0..<6 {
                let answer = try await own.visitor.post("/crawl/sign-in", ["token": "am_\(guess)\n2026 ERROR forged"])
                #expect(answer.cookie == nil)
                statuses.append(answer.status)
            }
            #expect(statuses == [403, 403, 403, 403, 403, 429])
            // Who is signed in stays so.
            #expect(try await own.press("resume").status == 303)
            for secret in [rig.token, String(value), own.word] { #expect(!rig.serve.errors.contains(secret)) }
            #expect(!rig.serve.errors.contains("forged"))
            let cookie = try await own.visitor.post("/crawl/sign-in", ["token": rig.token]).fields["set-cookie"]
            #expect(cookie != nil, "wrong tokens of others from the same address do not keep out who has the right one")
        }
    }

    @Test("what has not changed is not sent again, and what a site wrote is text on the page")
    func live() async throws {
        try await ServeRig.with(anime: 3, users: 2) { rig in
            let visitor = PageVisitor(rig.origin)
            let hostile = "http://127.0.0.1:1/<script>alert(1)</script>\"onx='"
            try await rig.rig.temporary.client.database(rig.rig.temporary.name).collection("runs").updateMany(
                ["site": "demo"], ["$set": ["reason": .string("\(hostile)\u{202E}\n")]])
            let first = try await visitor.get("/crawl/live")
            #expect(first.status == 200 && !first.body.contains("<script") && !first.body.contains("\u{202E}"))
            #expect(first.body.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;onx=&#39;"))
            #expect(first.fields["content-security-policy"]?.contains("default-src 'none'; script-src 'self'") == true)
            let page = try await visitor.get("/crawl")
            #expect(page.fields["cache-control"] == "no-store")
            #expect(!page.body.contains("style=") && !page.body.contains("<script>") && !page.body.contains("onclick"))
            // Nothing goes on: soon two looks are the same.
            try await eventually("a look is saved") {
                let tag = try await visitor.get("/crawl/live").fields["etag"] ?? ""
                return try await visitor.get("/crawl/live", ["If-None-Match": tag]).status == 304
            }
        }
    }

    @Test("a token that leaves the configuration takes its sessions along")
    func removed() async throws {
        try await ServeRig.with(anime: 1, users: 1) { rig in
            let own = try await SignedIn(rig)
            #expect(try await own.press("pause").status == 303)
            try rig.home.write(configuration: "service: {hosts: [anime.example.org]}\n")
            rig.serve.signal(SIGHUP)
            try await eventually("the session is over") {
                try await own.visitor.get("/crawl", ["Cookie": own.cookie]).word == nil
            }
            #expect(try await own.press("resume").status == 403)
            #expect(try await rig.rig.database.control.instructions(site: "demo").pause != nil)
            let page = try await own.visitor.get("/crawl/sign-in").body
            #expect(page.contains("Nobody can sign in") && !page.contains("name=\"token\""))
        }
    }
}

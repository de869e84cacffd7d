import DemoSite
import Testing

@Suite("Behaviour")
struct BehaviourTests {
    static let catalogue = DemoCatalogue(seed: 3, animeCount: 30, userCount: 12)

    private func withSite<Value>(_ rules: String, _ body: (UInt16, DemoSiteServer) throws -> Value) throws -> Value {
        let site = try DemoSiteServer(catalogue: Self.catalogue, behaviour: Behaviour(parsing: rules))
        defer { site.stop() }
        return try body(site.port, site)
    }

    private func status(_ rules: String, _ targets: [String]) throws -> [Int?] {
        try withSite(rules) { port, _ in targets.map { LoopbackClient.get($0, port: port)?.status } }
    }

    @Test("every nth matching request is refused with Retry-After, and robots.txt is spared")
    func refusesEveryNth() throws {
        try withSite("429 every=2 retry-after=3") { port, _ in
            let answers = ["/anime/1", "/robots.txt", "/anime/1", "/anime/1"].map { LoopbackClient.get($0, port: port) }
            #expect(answers.map { $0?.status } == [200, 200, 429, 200])
            #expect(answers[2]?.fields["retry-after"] == "3")
        }
    }

    @Test("the first requests to each path fail, later ones do not")
    func failsFirst() throws {
        #expect(try status("503 first=1 path=/anime/*", ["/anime/1", "/anime/1", "/topanime.php"]) == [503, 200, 200])
    }

    @Test("a share of paths fails, always the same ones")
    func failsShare() throws {
        let targets = (0..<60).map { "/nothing/\($0)" }
        let first = try status("500 share=50", targets)
        #expect(try status("500 share=50", targets) == first)
        #expect((15...45).contains(first.count { $0 == 500 }))
    }

    @Test("header lines are added, a cookie can be demanded, and a page can send its readers on")
    func headersAndCookies() throws {
        try withSite("header name=X-Robots-Tag value=noindex path=/anime/*") { port, _ in
            #expect(LoopbackClient.get("/anime/1", port: port)?.fields["x-robots-tag"] == "noindex")
        }
        #expect(try status("demand-cookie pair=a=1 path=/anime/*", ["/anime/1", "/topanime.php"]) == [403, 200])
        try withSite("refresh to=/anime/2 path=/anime/1") { port, _ in
            let body = try #require(LoopbackClient.get("/anime/1", port: port)).body
            #expect(String(decoding: body, as: UTF8.self).contains("content=\"0; url=/anime/2\""))
        }
        #expect(throws: DemoSiteError.self) { try Behaviour(parsing: "header name=X") }
    }

    @Test("Retry-After can be a date")
    func retryDate() throws {
        try withSite("503 retry-after=date:60") { port, _ in
            let date = LoopbackClient.get("/", port: port)?.fields["retry-after"]
            #expect(date?.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/) != nil)
        }
    }

    @Test("truncated and wrongly measured answers end too early")
    func cutsBodies() throws {
        for rule in ["truncate bytes=100", "truncate", "wrong-length by=50"] {
            try withSite(rule) { port, _ in
                let answer = try #require(LoopbackClient.get("/anime/1", port: port))
                #expect(answer.body.count < Int(answer.fields["content-length"] ?? "") ?? 0, "\(rule)")
            }
        }
    }

    @Test("a reset connection gives no answer and is logged with status 0")
    func resets() throws {
        try withSite("reset path=/anime/*") { port, site in
            #expect(LoopbackClient.get("/anime/1", port: port) == nil)
            #expect(site.log.settledEntries().map(\.status) == [0])
        }
    }

    @Test("a page in Shift_JIS keeps its kana, and says so only where it should")
    func recodes() throws {
        let entry = try #require(Self.catalogue.anime.first { $0.titleJapanese != nil })
        for (declared, header, meta) in [("header", true, false), ("meta", false, true), ("none", false, false)] {
            try withSite("encoding name=shift_jis declared=\(declared)") { port, _ in
                let answer = try #require(LoopbackClient.get("/anime/\(entry.id)", port: port))
                #expect(answer.fields["content-type"]?.contains("shift_jis") == header)
                let bytes = answer.body
                #expect(bytes.contains(Array("<meta charset=\"shift_jis\">".utf8)) == meta)
                // The syllable "の" between the parts of every Japanese title.
                #expect(bytes.contains([0x82, 0xCC]))
                #expect(!answer.text.contains("UTF-8"))
            }
        }
    }

    @Test("what an old encoding lacks becomes a reference")
    func encodes() {
        #expect(LegacyEncoding.windows1252.encode("é—ア") == [0xE9, 0x97] + Array("&#12450;".utf8))
        #expect(
            LegacyEncoding.shiftJIS.encode("アムヴあん々") == [0x83, 0x41, 0x83, 0x80, 0x83, 0x94, 0x82, 0xA0, 0x82, 0xF1]
                + Array("&#12293;".utf8))
    }

    @Test("empty, binary, login, challenge and redirecting answers")
    func otherFaults() throws {
        try withSite(
            "empty path=/a*; binary path=/b*; login path=/c*; challenge path=/d*; redirect to=/x path=/e*; redirect-loop path=/f*; redirect-maze path=/g*"
        ) {
            port, _ in
            func get(_ target: String) -> LoopbackClient.Answer? { LoopbackClient.get(target, port: port) }
            #expect(get("/anime/1")?.body.isEmpty == true)
            #expect(get("/b")?.body.count == 4096)
            #expect(get("/b")?.body == get("/b")?.body)
            #expect(get("/c")?.text.contains("loginForm") == true)
            #expect(get("/d")?.status == 403)
            #expect(get("/e")?.fields["location"] == "/x")
            #expect(get("/f?g")?.fields["location"] == "/f?g")
            #expect(get("/g?turn=7")?.fields["location"] == "/g?turn=8")
        }
    }

    @Test("a delayed answer arrives whole, and its time shows in the log")
    func delays() throws {
        try withSite("delay ms=30 path=/robots.txt; drip ms=1 path=/anime/*") { port, site in
            #expect(LoopbackClient.get("/robots.txt", port: port)?.status == 200)
            #expect(LoopbackClient.get("/anime/1", port: port)?.text.hasSuffix("</html>") == true)
            let entry = try #require(site.log.settledEntries().first)
            #expect(entry.finished - entry.arrived >= 30_000)
        }
    }

    @Test("a stop does not wait for a long delay")
    func stopsDelays() throws {
        let site = try DemoSiteServer(
            catalogue: Self.catalogue, behaviour: Behaviour(rules: [BehaviourRule(.delay(600_000))]))
        let client = LoopbackClient(port: site.port)
        client.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        site.stop()
        #expect(client.rest().isEmpty)
    }

    @Test(
        "a rule that means nothing is refused with the expected form",
        arguments: [
            "explode", "429 every=0", "delay ms=x", "reset colour=red", "encoding name=ebcdic", "99",
            "500 retry-after=soon", "login path",
        ])
    func refusesRules(rule: String) {
        #expect { try Behaviour(parsing: rule) } throws: {
            ($0 as? DemoSiteError)?.description.contains("expected FAULT") == true
        }
    }

    @Test("behaviour can change while the site runs")
    func changes() throws {
        try withSite("500") { port, site in
            #expect(LoopbackClient.get("/", port: port)?.status == 500)
            site.setBehaviour(Behaviour())
            #expect(LoopbackClient.get("/", port: port)?.status == 200)
        }
    }
}

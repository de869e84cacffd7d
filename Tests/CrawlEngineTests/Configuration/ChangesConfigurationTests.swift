import CrawlDomain
import CrawlEngine
import Testing

@Suite struct ChangesConfigurationTests {
    private func configuration(_ text: String) throws -> Configuration {
        try Configuration(name: "a.yaml", bytes: Array(text.utf8))
    }

    private func mistakes(_ text: String) -> String {
        do {
            _ = try configuration(text)
            return ""
        } catch { return "\(error)" }
    }

    @Test("how long changes are kept is a time, or forever")
    func retention() throws {
        #expect(try configuration("database: a").changeRetention == ChangeRetention())
        let read = try configuration("changes: {keep: 7d, wait_for_consumers: 2w}").changeRetention
        #expect(read == ChangeRetention(keep: .seconds(7 * 86_400), waitForConsumers: .seconds(14 * 86_400)))
        #expect(try configuration("changes: {keep: forever}").changeRetention.keep == nil)
        #expect(
            mistakes("changes: {keep: 30}").contains(
                "a.yaml:1:17: expected a time with its unit such as 30d, or forever"))
        #expect(mistakes("changes: {kept: 30d}").contains("did you mean 'keep'?"))
    }

    @Test("a webhook has a name, an address, the variable of its secret, and what it wants")
    func webhook() throws {
        let read = try configuration(
            """
            webhooks:
              - name: recommender
                url: http://127.0.0.1:9000/changes?x=1
                secret: "{env:HOOK_SECRET}"
                subjects: [anime, user]
                batch: 20
                documents: true
              - {name: other, url: "https://example.org/", secret: "{env:OTHER}"}
            """
        ).webhooks
        #expect(read.map(\.name) == ["recommender", "other"])
        #expect(read[0].secretVariable == "HOOK_SECRET" && read[0].batch == 20 && read[0].includesDocuments)
        #expect(read[0].subjects == [.anime, .user] && read[1].subjects == Set(ChangeSubject.allCases))
        #expect(read[1].batch == 100 && !read[1].includesDocuments)
    }

    @Test(
        "mistakes have their place, and say nothing of a secret that was written instead of its variable",
        arguments: [
            ("name: A b", "small letters"), ("name: a", "the key 'url' is missing"),
            ("{name: a, url: \"http://example.org/\", secret: \"{env:S}\"}", "expected https"),
            ("{name: a, url: \"http://10.0.0.1/\", secret: \"whsec_aGVsbG8=\"}", "{env:NAME}"),
            ("{name: a, url: \"https://me:hunter2@example.org/\", secret: \"{env:S}\"}", "would be shown"),
            ("{name: a, url: \"https://example.org/\", secret: \"{env:S}\", batch: 0}", "from 1 to 1000"),
            (
                "{name: a, url: \"https://example.org/\", secret: \"{env:S}\", subjects: [animes]}",
                "did you mean 'anime'?"
            ),
            ("{name: a, url: \"https://example.org/\", secret: \"{env:S}\", retries: 3}", "unknown key 'retries'"),
        ])
    func mistaken(text: String, expected: String) {
        let said = mistakes("webhooks:\n  - \(text)")
        #expect(said.contains(expected), "\(said)")
        #expect(said.hasPrefix("a.yaml:2:") && !said.contains("hunter2") && !said.contains("whsec_"))
    }

    @Test("two webhooks of one name are a mistake")
    func twice() {
        let one = "{name: a, url: \"https://example.org/\", secret: \"{env:S}\"}"
        #expect(mistakes("webhooks: [\(one), \(one)]").contains("there is a webhook 'a' already"))
    }
}

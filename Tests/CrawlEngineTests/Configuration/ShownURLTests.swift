import Testing
import WebStandards

@testable import CrawlEngine

@Suite("Addresses that are kept beside items")
struct ShownURLTests {
    private func profile(names: String) throws -> CrawlProfile {
        let yaml = """
            site: test
            hosts: [127.0.0.1]
            start: ["http://127.0.0.1:81/anime/1/a"]
            pages:
              anime:
                url: "/anime/{id:int}/{name}"
                item: {type: entry, id: "{site}:{id}", fields: {id: {from: id}, title: h1, adult: {const: false}}}
              list:
                url: ["/animelist/{name}", "/lists?of={name}"]
                item: {type: user, id: "{site}:{name}", fields: {name: {from: name}}}
            """
        let configuration = try Configuration(
            name: "c.yaml", bytes: Array("sites: {test: {user_names: \(names)}}".utf8))
        return try CrawlProfile(
            spider: SpiderFixtures.extractor(yaml: yaml).spider, configuration: configuration, starts: [], run: "r",
            version: "1", userKey: Array("a secret of a few words".utf8))
    }

    @Test(
        "a person's name is as it is stored, whatever its case and escapes; all else is as it was",
        arguments: [
            ("/animelist/Ada?status=7", "/animelist/#?status=7"), ("/animelist/a%64a", "/animelist/#"),
            ("/lists?of=ada", "/lists?of=#"),
        ])
    func hashed(path: String, expected: String) throws {
        let profile = try profile(names: "hmac")
        let url = try #require(WebURL("http://127.0.0.1:81\(path)"))
        let stored = profile.userNames.stored("ada")
        #expect(stored.count == 32)
        #expect(
            profile.shownURL(url, page: "list") == "http://127.0.0.1:81" + expected.replacing("#", with: stored))
    }

    @Test("an entry's address stays, and so does everybody's where names are stored as they are")
    func plain() throws {
        let entry = try #require(WebURL("http://127.0.0.1:81/anime/1/ada"))
        #expect(try profile(names: "hmac").shownURL(entry, page: "anime") == entry.href)
        let list = try #require(WebURL("http://127.0.0.1:81/animelist/ada"))
        #expect(try profile(names: "plain").shownURL(list, page: "list") == list.href)
    }
}

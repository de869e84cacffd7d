import CrawlDomain
import Fetching
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("How pages of APIs are asked for")
struct PageRequestTests {
    private static let spider = """
        site: test
        hosts: [api.example, 127.0.0.1, "127.0.0.1:81"]
        terms: {url: "https://api.example/terms", api: "https://api.example/keys"}
        headers: {X-Client: "id {env:CLIENT}", X-Plain: yes}
        pages:
          anime:
            url: ["/?anime={id:int}&lang={lang?}", "/people/{id:int}"]
            request:
              url: "https://api.example/?anime={id}"
              method: POST
              json: {query: "{ a { b } }", variables: {id: "{id}", lang: "{lang|en}", n: "{n|3}", deep: [true, null, 1, "1"]}}
            item: {type: entry, id: "{site}:{id}", fields: {title: h1}}
          page: {url: "/page/{name}", links: [a]}
        """

    private func profile(_ environment: [String: String] = ["CLIENT": "s3cret"]) throws -> CrawlProfile {
        let text = "contact: mailto:a@b.example\nsites: {test: {acknowledged_terms: \"2026-01-01\", user_names: plain}}"
        return try CrawlProfile(
            spider: try SpiderFixtures.extractor(yaml: Self.spider).spider,
            configuration: Configuration(name: "c.yaml", bytes: Array(text.utf8)), starts: [], run: "r", version: "1",
            userKey: nil, environment: environment)
    }

    private func request(_ url: String, isRedirected: Bool = false) throws -> FetchRequest {
        try profile().pageRequest(for: try #require(WebURL(url)), isRedirected: isRedirected)
    }

    @Test("places in the body are filled in from the URL, whole numbers as numbers; braces in other text stay")
    func body() throws {
        let request = try request("https://api.example/?anime=15&lang=ja%20a")
        #expect(request.method == .post && request.headers.first("content-type") == "application/json")
        let body = String(decoding: try #require(request.body), as: UTF8.self)
        #expect(
            body == #"{"query":"{ a { b } }","variables":{"id":15,"lang":"ja a","n":3,"deep":[true,null,1,"1"]}}"#)
        let plain = try self.request("https://api.example/page/x")
        #expect(plain.method == .get && plain.body == nil)
    }

    @Test("lists of Anime-Planet are asked for in the largest parts, and each part is the one asked for")
    func parts() throws {
        let spider = try SpiderFixtures.extractor("anime-planet").spider
        func asked(_ text: String) throws -> String {
            let url = try #require(WebURL("https://www.anime-planet.com\(text)"))
            return spider.addressed(DiscoveredLink(url: url, page: "users-list", priority: 0)).url.requestTarget
        }
        #expect(try asked("/users/Ann/anime") == "/users/Ann/anime?per_page=240&page=1")
        #expect(try asked("/users/Ann%20B/anime?per_page=240&page=2") == "/users/Ann%20B/anime?per_page=240&page=2")
    }

    @Test("a secret goes over TLS or to this machine, to pages, and not where a redirect leads")
    func secrets() throws {
        func sent(_ url: String, isRedirected: Bool = false) throws -> String? {
            try request(url, isRedirected: isRedirected).headers.first("x-client")
        }
        #expect(try sent("https://api.example/?anime=15") == "id s3cret")
        #expect(try sent("http://127.0.0.1:81/page/x") == "id s3cret")
        #expect(try sent("http://127.0.0.1/page/x") == "id s3cret")
        #expect(try sent("http://127.0.0.1:82/page/x") == nil)
        #expect(try sent("https://api.example:8443/page/x") == nil)
        #expect(try sent("https://api.example:8444/?anime=15") == nil)
        #expect(try sent("https://api.example/people/15") == nil)
        #expect(try sent("http://api.example/?anime=15") == nil)
        #expect(try sent("https://api.example/?anime=15", isRedirected: true) == nil)
        #expect(try sent("https://other.example/?anime=15") == nil)
        #expect(try sent("https://api.example/robots.txt") == nil)
        let profile = try profile()
        #expect(!"\(profile)".contains("s3cret") && !String(reflecting: profile).contains("s3cret"))
        var dumped = ""
        dump(profile, to: &dumped)
        #expect(!dumped.contains("s3cret"))
    }

    @Test(
        "a crawl without the variable is refused with its name",
        arguments: [[:], ["CLIENT": " "], ["CLIENT": "a\nX-Evil: 1"]])
    func missing(environment: [String: String]) throws {
        let error = #expect(throws: MissingVariableError.self) { try profile(environment) }
        let text = try #require(error).description
        #expect(text.contains("X-Client") && text.contains("CLIENT") && text.contains("https://api.example/keys"))
        #expect(!text.contains("Evil"))
    }

    @Test(
        "a page by its address for people is asked for at the address of its kind, and nothing secret goes to the former"
    )
    func otherAddress() throws {
        let people = try #require(WebURL("https://api.example/people/7"))
        let profile = try profile()
        let plain = profile.pageRequest(for: people)
        #expect(plain.method == .get && plain.body == nil && plain.headers.first("x-plain") == nil)
        let address = profile.spider.addressed(people)
        let request = profile.pageRequest(for: address)
        #expect(address.href == "https://api.example/?anime=7" && request.method == .post)
        #expect(request.headers.first("x-client") == "id s3cret")
        let more = try #require(WebURL("https://api.example/?offset=50&anime=7"))
        #expect(profile.pageRequest(for: more).method == .post)
    }

    @Test(
        "what would send a secret where nobody expects it is refused",
        arguments: [
            ("headers: {X-A: a, x-a: b}\npages: {top: {url: /, links: [a]}}", "'x-a' is there already"),
            (
                "headers: {X-A: a}\nstart: http://a.example/\npages: {top: {url: /, links: [a]}}",
                "sent over TLS only; expected https, found 'http://a.example/'"
            ),
            (
                "pages: {a: {url: '/x/{id:int}', links: [a]}, b: {url: '/x/{n:int}', request: {method: POST, json: {}}, links: [a]}}",
                "'b' has a URL of 'a' and another request"
            ),
        ])
    func refused(yaml: String, message: String) throws {
        let mistakes = try SpiderFixtures.mistakes(["test": "site: test\nhosts: [a.example]\n\(yaml)"])
        #expect(mistakes.count == 1 && mistakes[0].contains(message), "\(mistakes)")
    }

    @Test("a link to another address of the page is asked for under the address of its kind")
    func addresses() throws {
        let spider = try SpiderFixtures.extractor(yaml: Self.spider).spider
        func asked(_ url: String, _ page: String) throws -> String {
            spider.addressed(.init(url: try #require(WebURL(url)), page: page, priority: 1)).url.href
        }
        #expect(try asked("https://api.example/people/7", "anime") == "https://api.example/?anime=7")
        #expect(try asked("https://api.example/page/7", "page") == "https://api.example/page/7")
    }

    @Test(
        "mistakes are reported with the expected form",
        arguments: [
            ("method: POST", "a POST sends a body; expected json: {…}"),
            ("json: {a: 1}", "a body is sent by POST only; expected method: POST beside it"),
            (
                "{method: POST, json: {a: '{slug}'}}",
                "not every URL of this kind has 'slug'; expected {slug|value otherwise}"
            ),
            ("{method: POST, json: {a: '{other}'}}", "not every URL of this kind has 'other'"),
            (
                "{url: 'https://api.example/x'}",
                "expected a URL that a url pattern of this page kind serves, found 'https://api.example/x'"
            ),
            ("{url: '/anime/{id}'}", "expected an http or https URL with places such as {id}, found '/anime/{id}'"),
            ("method: PUT", "unknown name 'PUT'"),
        ])
    func mistakes(request: String, message: String) throws {
        let map = request.hasPrefix("{") ? request : "{\(request)}"
        let yaml = """
            site: test
            hosts: [127.0.0.1]
            pages: {top: {url: "/anime/{id:int}/{slug?}", request: \(map), links: [a]}}
            """
        let mistakes = try SpiderFixtures.mistakes(["test": yaml])
        #expect(mistakes.count == 1 && mistakes[0].contains(message), "\(mistakes)")
    }

    @Test(
        "header fields are checked",
        arguments: [
            ("{User-Agent: x}", "'User-Agent' is set by the crawler itself"),
            ("{'a b': x}", "'a b' is no name of a header field"),
            ("{X-A: '{id}'}", "expected {env:NAME}"),
            ("{X-A: '{env:A-B}'}", "'A-B' is no name of an environment variable"),
            ("{X-A: \"a\\nb\"}", "one line of printable ASCII"),
        ])
    func fields(headers: String, message: String) throws {
        let yaml = "site: test\nhosts: [127.0.0.1]\nheaders: \(headers)\npages: {top: {url: /, links: [a]}}"
        let mistakes = try SpiderFixtures.mistakes(["test": yaml])
        #expect(mistakes.count == 1 && mistakes[0].contains(message), "\(mistakes)")
    }
}

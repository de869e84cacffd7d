import Foundation
import TestSupport
import Testing

/// No public host is asked before the operator has said so; asked of the program, which must refuse before it opens anything.
@Suite struct PermissionTests {
    private static let spider = """
        site: example
        hosts: [anime.example]
        terms: {url: "https://anime.example/terms", note: Ask first., api: "https://api.anime.example", changed: "2025-12-16"}
        start: ["https://anime.example/top"]
        pages: {top: {url: /top, links: [a]}}
        """

    private func run(_ arguments: [String], spider: String = Self.spider, configuration: String = "") async throws
        -> Program.Result
    {
        let home = try ProgramHome(spider: spider, site: "example", configuration: configuration)
        defer { home.remove() }
        let environment = home.environment.merging(["ANIMEMATCHER_USER_KEY": "sixteen characters"]) { $1 }
        return try await Program("animematcher", environment: environment).run(arguments)
    }

    /// MongoDB is not there: a crawl that is allowed fails later, for another reason.
    private func crawl(acknowledged: String?) async throws -> String {
        let site = acknowledged.map { "sites: {example: {acknowledged_terms: \"\($0)\"}}" } ?? ""
        let result = try await run(
            ["crawl", "example", "--mongodb", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300"],
            configuration: "contact: mailto:me@example.org\n\(site)\n")
        #expect(result.status != 0)
        return result.errors
    }

    @Test("the refusal says what to add, what the spider knows of the terms, and that the official API is preferred")
    func refusal() async throws {
        let errors = try await crawl(acknowledged: nil)
        for said in [
            "acknowledged_terms: \"YYYY-MM-DD\"", "https://anime.example/terms", "Ask first.",
            "official API is the preferred source: https://api.anime.example",
        ] {
            #expect(errors.contains(said), "\(errors)")
        }
        #expect(!errors.contains("contact:") && !errors.contains("ANIMEMATCHER_USER_KEY"))
    }

    @Test("an acknowledgement from before the terms changed, or of a day to come, does not count")
    func days() async throws {
        let old = try await crawl(acknowledged: "2025-12-15")
        #expect(old.contains("2025-12-15, are older than the terms, which changed on 2025-12-16"), "\(old)")
        let future = try await crawl(acknowledged: "2999-01-01")
        #expect(future.contains("2999-01-01, are a day that has not come"), "\(future)")
        let right = try await crawl(acknowledged: "2025-12-16")
        #expect(!right.contains("acknowledged_terms") && right.contains("MongoDB"), "\(right)")
    }

    @Test(
        "a day that no calendar has is a mistake with its place",
        arguments: ["2026-02-29", "2026-13-01", "soon", "2026-1-1"])
    func noDay(text: String) async throws {
        let errors = try await crawl(acknowledged: text)
        #expect(errors.contains("animematcher.yaml:2:"), "\(errors)")
        #expect(errors.contains("expected the day on which you read the terms"), "\(errors)")
    }

    @Test("a spider that says nowhere what the terms are is not let loose on a public host, whatever the operator said")
    func noTerms() async throws {
        let spider = Self.spider.split(separator: "\n").filter { !$0.hasPrefix("terms:") }.joined(separator: "\n")
        let result = try await run(
            ["crawl", "example"], spider: spider,
            configuration:
                "contact: mailto:me@example.org\nsites: {example: {acknowledged_terms: \"2026-01-01\"}}\n")
        #expect(result.status != 0)
        let lines = "Add to its spider, example.yaml:\n\nterms:\n  url: https://anime.example/terms"
        #expect(result.errors.contains(lines), "\(result.errors)")
        #expect(!result.errors.contains("configuration file"), "\(result.errors)")
    }

    @Test("a page that the spider does not read is refused as that, before anybody's word is asked for")
    func strangeStart() async throws {
        let result = try await run(["crawl", "example", "--start", "https://elsewhere.example/top"])
        #expect(result.status != 0)
        #expect(result.errors.contains("no page that the spider 'example' reads; it knows top"), "\(result.errors)")
        #expect(!result.errors.contains("acknowledged_terms"), "\(result.errors)")
    }

    @Test("a spider of a public host without its terms is a mistake, one of this machine is not")
    func check() async throws {
        let silent = "site: example\nhosts: [HOST]\npages: {top: {url: /top, links: [a]}}\n"
        for (host, isRight) in [("anime.example", false), ("127.0.0.1", true), ("localhost", true)] {
            let spider = silent.replacingOccurrences(of: "HOST", with: host)
            let result = try await run(["spider", "check", "example"], spider: spider)
            #expect((result.status == 0) == isRight, "\(result.output)\(result.errors)")
            #expect(result.errors.contains("its operator must be able to read its terms") != isRight)
        }
        #expect(try await run(["spider", "check"]).status == 0)
    }
}

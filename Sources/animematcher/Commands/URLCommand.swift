import ArgumentParser
import CrawlEngine
import WebStandards
import Terminal

/// `animematcher url`: the canonical form and fingerprint of URLs.
struct URLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url",
        abstract: "Print the canonical form and the fingerprint of URLs.",
        discussion: """
            Two URLs with one fingerprint are crawled once. With --spider a site's own rules count: which parameters say nothing, \
            which paths show the same page.

              animematcher url 'HTTP://Example.org:80/a/../b?z=1&a=2#top'
              animematcher url --spider demo --json 'http://127.0.0.1/anime/1?utm_source=x'
            """)

    @Argument(help: "URLs; each is read as the URL standard says.")
    var urls: [String]

    @Option(help: "Use this spider's rules: the name of a file in Spiders/, without .yaml.")
    var spider: String?

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        let spider = try spider.map { try ProjectFolder.spiders().load(site: $0) }
        var refused = 0
        for text in urls {
            guard let url = WebURL(text) else {
                refused += 1
                Console.error("\(Console.visible(text)): not a URL; expected something like https://example.org/path")
                continue
            }
            let canonical = spider?.canonicalURL(url) ?? CanonicalURL(url)
            let page = spider?.page(for: url)
            guard json else {
                let name = spider == nil ? "" : "  " + (page ?? "(no page of the spider)")
                Console.print("\(canonical.fingerprint.hex)  \(canonical.string)\(name)")
                continue
            }
            var answer: JSONObject = [
                "input": .string(text), "url": .string(url.href), "canonical": .string(canonical.string),
                "fingerprint": .string(canonical.fingerprint.hex),
            ]
            if let spider {
                answer["site"] = .string(spider.site)
                answer["in_scope"] = .bool(spider.isInScope(url))
                answer["page"] = page.map(JSONValue.string) ?? .null
            }
            Console.print(.object(answer))
        }
        if refused > 0 { throw ExitCode.failure }
    }
}

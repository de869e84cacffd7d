import ArgumentParser
import WebStandards

/// `animematcher url`: the canonical form and fingerprint of URLs.
struct URLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url",
        abstract: "Print the canonical form and the fingerprint of URLs.",
        discussion: """
            Two URLs with one fingerprint are crawled once.

              animematcher url 'HTTP://Example.org:80/a/../b?z=1&a=2#top'
            """)

    @Argument(help: "URLs; each is read as the URL standard says.")
    var urls: [String]

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        var refused = 0
        for text in urls {
            guard let url = WebURL(text) else {
                refused += 1
                Console.error("\(Console.visible(text)): not a URL; expected something like https://example.org/path")
                continue
            }
            let canonical = CanonicalURL(url)
            if json {
                Console.print(
                    JSONValue.object([
                        "input": .string(text), "url": .string(url.href), "canonical": .string(canonical.string),
                        "fingerprint": .string(canonical.fingerprint.hex),
                    ]))
            } else {
                Console.print("\(canonical.fingerprint.hex)  \(canonical.string)")
            }
        }
        if refused > 0 { throw ExitCode.failure }
    }
}

import ArgumentParser
import Markup
import WebStandards

/// `animematcher select`: what a selector finds in a page.
struct SelectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "select",
        abstract: "Print what a CSS or XPath selector finds in a page, one match a line.",
        discussion: """
              animematcher select --css 'h1.title-name::text' page.html
              animematcher select --xpath '//link[@rel="canonical"]/@href' < page.html
            """)

    @Option(help: "A CSS selector; ::text and ::attr(name) give texts.")
    var css: String?

    @Option(help: "An XPath 1.0 expression.")
    var xpath: String?

    @Flag(help: "All matches as one JSON list.")
    var json = false

    @Argument(help: "The page; - for standard input.")
    var file = "-"

    func validate() throws {
        guard (css == nil) != (xpath == nil) else { throw ValidationError("give either --css or --xpath") }
    }

    func run() throws {
        let selector = try css.map { try Selector(css: $0) } ?? Selector(xpath: xpath ?? "")
        let text = CharacterEncoding.decode(try InputFile(file).bytes(), contentType: nil)
        let document = try MarkupDocument(html: text.bytes)
        let matches = try document.select(selector).strings
        if json {
            Console.print(JSONValue.array(matches.map(JSONValue.string)))
        } else {
            matches.forEach { Console.print($0.replacing("\n", with: " ")) }
        }
        if matches.isEmpty { throw ExitCode.failure }
    }
}

import ArgumentParser
import Markup
import WebStandards
import Terminal

/// `animematcher select`: what a selector finds in a page.
struct SelectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "select",
        abstract: "Print what a CSS or XPath selector finds in a page, one match a line.",
        discussion: """
            White space in a match becomes one space, so that each is one line; --json keeps it. Exit code 1 when nothing is \
            found, 64 for a selector that is none.

              animematcher select --css 'h1.title-name::text' page.html
              animematcher select --xpath '//link[@rel="canonical"]/@href' < page.html
              curl -s http://a.example/ | animematcher select --css 'a::attr(href)' -
            """)

    @Option(help: "A CSS selector; ::text and ::attr(name) give texts.")
    var css: String?

    @Option(help: "An XPath 1.0 expression.")
    var xpath: String?

    @Option(help: "The Content-Type the page was answered with, for its encoding.")
    var contentType: String?

    @Option(help: "What answers: auto, flat (the compiled form) or libxml2; for comparing them.")
    var engine = EngineChoice.auto

    @Flag(help: "All matches as one JSON list.")
    var json = false

    @Argument(help: "The page, in any encoding; - for standard input.")
    var file = "-"

    func validate() throws {
        guard (css == nil) != (xpath == nil) else { throw ValidationError("give either --css or --xpath") }
        do throws(SelectorError) { _ = try selector() } catch {
            throw ValidationError("\(css == nil ? "--xpath" : "--css"): \(SelectorMistake(error))")
        }
    }

    func run() throws {
        let text = CharacterEncoding.decode(try InputFile(file).bytes(), contentType: contentType)
        let document = try MarkupDocument(html: text.bytes)
        let selector = try selector()
        let matches = try document.select(selector, by: engine.engine(for: selector)).strings
        if json {
            Console.print(JSONValue.array(matches.map(JSONValue.string)))
        } else {
            for match in matches {
                let line = match.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                Console.pass(line)
            }
        }
        if document.isTruncated { Console.note("note: the page is larger than what is read of it") }
        if matches.isEmpty { throw ExitCode.failure }
    }

    private func selector() throws(SelectorError) -> Selector {
        if let css { return try Selector(css: css) }
        return try Selector(xpath: xpath ?? "")
    }
}

/// What answers a selector.
enum EngineChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, flat, libxml2

    func engine(for selector: Selector) throws -> Selector.Engine {
        switch self {
        case .auto: return selector.engine
        case .libxml2: return .libxml2(reason: "it was asked for")
        case .flat:
            if case .libxml2(let reason) = selector.engine {
                throw ValidationError("'\(selector)' has no compiled form: it has \(reason)")
            }
            return .flat
        }
    }
}

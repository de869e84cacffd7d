import Foundation

/// One line typed at the prompt.
enum ShellInstruction: Equatable {
    case css(String)
    case xpath(String)
    /// A path into the page's JSON, or into the JSON that a CSS selector finds in mark-up.
    case json(path: String, selector: String?)
    case jsonLD(path: String)
    case tree(selector: String?, depth: Int)
    case text(String)
    case html(String)
    case links(filter: String)
    case headers, meta, robots, item, kinds, help, quit
    case fetch(String)
    case open(String)

    /// Depth of a tree when none is stated.
    static let standardDepth = 3

    /// Reads a line; nil for an empty one or a comment.
    ///
    /// - Throws: ``Failure`` that names the expected form.
    static func parse(_ line: String) throws -> ShellInstruction? {
        let line = line.trimmed
        guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
        let word = line.prefix { !$0.isWhitespace }
        let rest = String(line.dropFirst(word.count)).trimmed
        switch word {
        case "css": return .css(try needed(rest, "css SELECTOR"))
        case "xpath": return .xpath(try needed(rest, "xpath EXPRESSION"))
        case "json": return json(try needed(rest, "json PATH [in SELECTOR]"))
        case "jsonld": return .jsonLD(path: rest.isEmpty ? "$" : rest)
        case "tree": return try tree(rest)
        case "text": return .text(try needed(rest, "text SELECTOR"))
        case "html": return .html(try needed(rest, "html SELECTOR"))
        case "links": return .links(filter: rest)
        case "fetch": return .fetch(try needed(rest, "fetch URL"))
        case "open": return .open(try needed(rest, "open FILE"))
        default:
            guard rest.isEmpty || !plain.keys.contains(String(word)) else {
                throw Failure("'\(word)' takes nothing behind it")
            }
            guard let known = plain[String(word)] else {
                throw Failure("no command '\(word)'; 'help' lists them")
            }
            return known
        }
    }

    private static let plain: [String: ShellInstruction] = [
        "headers": .headers, "meta": .meta, "robots": .robots, "item": .item, "kinds": .kinds, "help": .help,
        "?": .help,
        "quit": .quit, "exit": .quit,
    ]

    private static func needed(_ rest: String, _ form: String) throws -> String {
        guard !rest.isEmpty else { throw Failure("expected: \(form)") }
        return rest
    }

    private static func json(_ rest: String) -> ShellInstruction {
        guard let separator = rest.range(of: " in ") else { return .json(path: rest, selector: nil) }
        return .json(
            path: String(rest[..<separator.lowerBound]).trimmed, selector: String(rest[separator.upperBound...]).trimmed
        )
    }

    private static func tree(_ rest: String) throws -> ShellInstruction {
        let last = rest.split(whereSeparator: \.isWhitespace).last ?? ""
        guard let depth = Int(last) else {
            return .tree(selector: rest.isEmpty ? nil : rest, depth: standardDepth)
        }
        guard depth >= 0 else { throw Failure("expected: tree [SELECTOR] [DEPTH], the depth from 0") }
        let selector = String(rest.dropLast(last.count)).trimmed
        return .tree(selector: selector.isEmpty ? nil : selector, depth: depth)
    }

    /// What `help` prints.
    static let commands = """
        css SELECTOR            what a CSS selector finds; ::text and ::attr(name) give texts
        xpath EXPRESSION        what an XPath 1.0 expression finds
        json PATH [in SELECTOR] values at a JSON path; in HTML, of the JSON texts that the selector finds
        jsonld [PATH]           the page's JSON-LD objects, or values in them
        tree [SELECTOR] [DEPTH] the elements of the page, or of what the selector finds
        text SELECTOR           what is found as a reader sees it
        html SELECTOR           what is found as mark-up
        links [FILTER]          links as absolute URLs, those that contain the filter
        headers                 status and header fields
        meta                    title, canonical address and meta elements
        robots                  what robots.txt, header and meta elements allow
        item                    what the spider reads from the page
        kinds                   the spider's page kinds; * marks those whose URLs include this one
        fetch URL               another page, under the crawl's rules; relative to this one
        open FILE               another file
        quit                    end; so does end of input
        """
}

extension String {
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace ?? false { rest.removeFirst() }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}

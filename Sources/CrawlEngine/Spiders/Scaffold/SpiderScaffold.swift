import CrawlDomain
import Foundation
import Markup
public import WebStandards

/// Begins a spider: the file for one page of a site, with what could be guessed of the page.
public struct SpiderScaffold: Sendable {
    /// The site's short name.
    public let site: String
    /// The URL of a page of one anime.
    public let url: WebURL
    private let host: String
    private let schemas: ItemSchemas

    /// It is part of every key.
    private static let longestName = 40

    /// - Throws: When the name or the address cannot be a spider's.
    public init(site: String, url: WebURL, schemas: ItemSchemas) throws(FixtureError) {
        let isName = site.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isName, (1...Self.longestName).contains(site.utf8.count) else {
            throw FixtureError(
                "'\(site.prefix(60))': a site's name has small letters, digits and '-', \(Self.longestName) at most")
        }
        guard url.isHTTP, let host = url.host, !host.isEmpty else {
            throw FixtureError("\(url.href): expected an http or https URL")
        }
        (self.site, self.url, self.schemas) = (site, url, schemas)
        self.host = host + (url.port.map { ":\($0)" } ?? "")
    }

    /// The file when nothing is known of the page; it reads a page's `h1`.
    public func text() -> String { text(fields: [], labels: nil, isJSON: false) }

    /// The file with what a page shows: each guess that finds something there and suits `schemas/`.
    public func text(page body: [UInt8], contentType: String?) -> String {
        let bytes = CharacterEncoding.decode(body, contentType: contentType).bytes
        let isJSON = (try? JSONValue(parsing: bytes)) != nil
        let labels = isJSON ? nil : (try? MarkupDocument(html: bytes)).flatMap(LabelGuess.init)
        let guesses = (isJSON ? FieldGuess.json : FieldGuess.html).filter { !$0.isLabelled || labels != nil }
        let found = values(of: guesses, labels: labels, isJSON: isJSON, body: body, contentType: contentType)
        var fields: [Field] = []
        for (guess, value) in zip(guesses, found) {
            guard let value, suits(guess, value) else { continue }
            // The first that finds something: of further ways one page cannot show that they work.
            guard !fields.contains(where: { $0.name == guess.field }) else { continue }
            fields.append(Field(name: guess.field, rule: guess.rule, found: value))
        }
        return text(fields: fields, labels: labels, isJSON: isJSON)
    }

    struct Field {
        let name: String
        let rule: String
        let found: JSONValue
    }

    /// What each guess finds; nil for nothing.
    private func values(
        of guesses: [FieldGuess], labels: LabelGuess?, isJSON: Bool, body: [UInt8], contentType: String?
    ) -> [JSONValue?] {
        let lines = guesses.enumerated().map { index, guess in
            guess.isList ? "      v\(index): {list: true, any: [\(guess.rule)]}" : "      v\(index): \(guess.rule)"
        }
        let yaml =
            head(labels: labels)
            + "pages:\n  page:\n    url: \"/{rest...}\"\n\(isJSON ? "    document: json\n" : "")    values:\n"
            + lines.joined(separator: "\n") + "\n"
        guard let spider = try? Self.spider(yaml, site: site, schemas: schemas), let kind = spider.pages.first,
            case .success(let content) = PageContent.read(
                body, contentType: contentType, as: kind.document, selectors: spider.selectorSets[kind.name],
                limits: .init())
        else { return guesses.map { _ in nil } }
        let page = PageReading(
            spider: spider, kind: kind, url: url, status: 200, captures: [:], content: content,
            headerDirectives: .init())
        page.readValues()
        return guesses.indices.map { page.value(named: "v\($0)") }.map { $0.flatMap { $0.isBlank ? nil : $0 } }
    }

    /// Whether an item with this value passes the schema.
    private func suits(_ guess: FieldGuess, _ value: JSONValue) -> Bool {
        var raw: JSONObject = [
            "_id": .string("\(site):1"), "site": .string(site), "id": 1, "url": .string(url.href), "title": "x",
            "adult": .bool(false),
        ]
        raw[guess.field] = value
        guard case .item(let item) = ItemPipeline(schemas: schemas).process(raw, type: .entry) else { return false }
        return item.fields[guess.field].map { !$0.isBlank } ?? false
    }

    /// Compiles a file that is not saved yet.
    static func spider(_ yaml: String, site: String, schemas: ItemSchemas) throws -> Spider {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("spider-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(yaml.utf8).write(to: folder.appendingPathComponent("\(site).yaml"))
        return try SpiderLoader(directory: folder.path, schemas: schemas).load(site: site)
    }

    /// The spider as it would be loaded from the file.
    public func spider(of text: String) throws -> Spider { try Self.spider(text, site: site, schemas: schemas) }
}

extension SpiderScaffold {
    /// What every file begins with.
    private func head(labels: LabelGuess?) -> String {
        var lines = [
            "# yaml-language-server: $schema=../schemas/spider.schema.json",
            "# How to write such a file: docs/spiders.md.", "site: \(site)", "hosts: [\"\(host)\"]",
        ]
        lines.append("# Read them, and say what an operator must know.")
        lines.append("terms: {url: \"\(url.origin)/terms\", note: Not read yet.}")
        lines += ["politeness: {delay: 4s}", "start: [\(JSONValue.string(url.href).serialized())]"]
        if let labels { lines.append("labels: [\(labels.rule)]\(labels.comment)") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(fields: [Field], labels: LabelGuess?, isJSON: Bool) -> String {
        let address = AddressGuess(url)
        var lines = [
            "pages:", "  \(address.kind):", "    url: \"\(address.pattern)\"", "    revisit: 30d",
        ]
        if isJSON { lines.append("    document: json") }
        lines += ["    item:", "      type: entry", "      id: \"{site}:\(address.key)\"", "      fields:"]
        if !fields.contains(where: { $0.name == "id" }) { lines.append("        \(address.idRule)") }
        if !fields.contains(where: { $0.name == "title" }) {
            lines.append("        title: \(isJSON ? "$.title" : "h1")")
        }
        for field in fields {
            lines.append("        \(field.name): \(field.rule)  # found: \(Self.comment(field.found))")
        }
        lines.append("        adult: {const: false}  # if the site has adult titles, test what tells them")
        lines.append("    # links:")
        lines.append("    #   - {css: \"a[href*='/\(address.kind)/']\", page: \(address.kind)}")
        return head(labels: labels) + "\n" + lines.joined(separator: "\n") + "\n"
    }

    /// A value on one short line, without what could end a comment.
    private static func comment(_ value: JSONValue) -> String {
        let text = value.serialized().unicodeScalars.filter {
            $0.value >= 0x20 && !$0.properties.isBidiControl && $0.value != 0x7F && !(0x80...0x9F).contains($0.value)
                && $0.value != 0x2028 && $0.value != 0x2029 && $0.value != 0xFEFF
        }
        var short = String.UnicodeScalarView()
        short.append(contentsOf: text.prefix(60))
        return String(short) + (text.count > 60 ? "…" : "")
    }
}

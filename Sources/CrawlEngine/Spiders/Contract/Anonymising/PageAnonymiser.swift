import CrawlDomain
import Markup
public import WebStandards

/// Makes a fixture of a page that was crawled: names of people, their pictures, tokens and cookies replaced, and on demand its prose.
///
/// The page is edited in place, so that it keeps all quirks of its mark-up. People are known by the items read from the page, by addresses
/// that the spider's patterns or common usage give to people, and by JSON's usual keys; the rest of names on a page, such as those of voice
/// actors, stay.
public struct PageAnonymiser: Sendable {
    private let extractor: SpiderExtractor
    private let key: [UInt8]?
    private let scrambleKey: [UInt8]?
    private let names: [String]

    /// - Parameters:
    ///   - key: With it a person is called the same on all pages.
    ///   - scrambleKey: Prose is replaced where it is given; nobody may know it afterwards.
    ///   - names: Names known to be on the page.
    public init(_ extractor: SpiderExtractor, key: [UInt8]? = nil, scrambleKey: [UInt8]? = nil, names: [String] = []) {
        self.extractor = extractor
        self.key = key
        self.scrambleKey = scrambleKey
        self.names = names
    }

    /// The page without the people on it.
    ///
    /// - Throws: When a spider reads less from it then, which says what.
    public func anonymise(
        url: WebURL, status: Int, contentType: String?, body: [UInt8]
    ) throws(FixtureError) -> AnonymisedPage {
        let before = extractor.extract(url: url, status: status, contentType: contentType, body: body)
        var bytes = CharacterEncoding.decode(body, contentType: contentType).bytes
        let json = try? JSONValue(parsing: bytes)
        let people = self.people(url, before, json, bytes)
        let replacer = self.replacer(people, bytes)
        bytes = PersonalValues.removing(from: bytes, isJSON: json != nil)
        if json == nil { bytes = edited(bytes, url: url, people: people, replacer: replacer.names) }
        var secrets = SecretRemover()
        bytes = replacer.all.replacing(
            in: Array(secrets.removing(from: String(decoding: bytes, as: UTF8.self)).utf8), isHTML: json == nil)
        let address = replacer.all.replacing(in: secrets.removing(from: url.href))
        guard let newURL = WebURL(address) else {
            throw FixtureError("\(url.href): no address once names are replaced")
        }
        try compareValues(
            before.items,
            extractor.extract(url: newURL, status: status, contentType: Self.utf8(json != nil), body: bytes).items,
            with: replacer.all)
        if let scrambleKey {
            let items = extractor.extract(url: newURL, status: status, contentType: Self.utf8(json != nil), body: bytes)
                .items.map(\.fields)
            bytes = TextScrambler(key: scrambleKey, spider: extractor.spider, items: items)
                .scrambling(bytes, isJSON: json != nil)
        }
        let isUTF8 = CharacterEncoding.decode(bytes, contentType: nil).bytes == bytes
        let page = AnonymisedPage(
            url: newURL, body: bytes, contentType: isUTF8 ? nil : Self.utf8(json != nil), people: people.names.count,
            leftovers: replacer.all.leftovers(in: bytes))
        try check(page, status: status, before: before)
        try look(for: people, on: page, status: status, with: replacer.all)
        return page
    }

    private static func utf8(_ isJSON: Bool) -> String { "\(isJSON ? "application/json" : "text/html"); charset=utf-8" }

    private func people(_ url: WebURL, _ found: Extraction, _ json: JSONValue?, _ bytes: [UInt8]) -> PeopleFinder {
        var people = PeopleFinder(spider: extractor.spider, given: names)
        people.look(at: url)
        people.look(at: found.items)
        if let json {
            people.look(at: json, depth: 0)
        } else if let document = try? MarkupDocument(html: bytes) {
            people.look(at: document, base: url)
        }
        return people
    }

    /// Looks for people once more, on the page as it would be kept and as parsers read it: a name that is found again must not be kept.
    private func look(
        for people: PeopleFinder, on page: AnonymisedPage, status: Int, with replacer: NameReplacer
    ) throws(FixtureError) {
        let after = extractor.extract(url: page.url, status: status, contentType: page.contentType, body: page.body)
        let json = try? JSONValue(parsing: page.body)
        var again = PeopleFinder(spider: extractor.spider, given: [])
        again.look(at: page.url)
        again.look(at: after.items)
        var texts = after.items.flatMap { JSONValue.object($0.fields).texts }
        if let json {
            again.look(at: json, depth: 0)
            texts += json.texts
        } else if let document = try? MarkupDocument(html: page.body) {
            again.look(at: document, base: page.url)
            texts += document.texts
        }
        let known = Set(people.names.map { $0.lowercased() })
        var left = again.names.filter { known.contains($0.lowercased()) }
        left += again.displayNames.keys.filter { people.displayNames[$0] != nil }
        left += replacer.names(in: texts.joined(separator: "\u{1F}"))
        guard left.isEmpty else {
            let names = Set(left).sorted().prefix(5).map { "'\($0.prefix(60))'" }.joined(separator: ", ")
            throw FixtureError(
                "\(names) still on the page once names are replaced; nothing is kept. Replace what is left in the file by hand"
            )
        }
    }

    private func replacer(_ people: PeopleFinder, _ bytes: [UInt8]) -> (all: NameReplacer, names: [String: String]) {
        var pseudonyms = Pseudonyms(key: key)
        let names = people.names.map { ($0, pseudonyms.pseudonym(of: $0)) }
        let words = PageWords(bytes, spider: extractor.spider)
        let common = Set(
            people.names.filter { NameReplacer.isCommon($0) || words.contains($0) }.map { $0.lowercased() })
        return (
            NameReplacer(names, common: common),
            Dictionary(names.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { $1 })
        )
    }

    /// What only the mark-up tells to be a person's or a secret: pictures and other texts in links to people, hidden fields, names alone in
    /// their text.
    private func edited(_ bytes: [UInt8], url: WebURL, people: PeopleFinder, replacer: [String: String]) -> [UInt8] {
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let exact = Dictionary(people.names.map { ($0, replacer[$0.lowercased()] ?? "") }, uniquingKeysWith: { $1 })
        var (edits, isInPersonLink) = (ByteEdits(), false)
        for token in MarkupScanner.tokens(of: bytes) {
            switch token.kind {
            case .start:
                if token.name == "a" {
                    let target = token.value("href").flatMap {
                        WebURL(text($0).replacing("&amp;", with: "&"), base: url)
                    }
                    isInPersonLink = target.flatMap(people.address.name) != nil
                }
                let isField = ["name", "property", "id", "http-equiv"].contains {
                    token.value($0).map { SecretRemover.isSecret(text($0)) } ?? false
                }
                for attribute in token.attributes where !attribute.value.isEmpty {
                    let isPicture = isInPersonLink && ["img", "source"].contains(token.name)
                    if isPicture, ["src", "data-src", "srcset", "data-srcset"].contains(attribute.name) {
                        edits.replace(attribute.value, with: SecretRemover.avatar)
                    } else if SecretRemover.isSecret(attribute.name)
                        || (isField && ["content", "value"].contains(attribute.name))
                    {
                        edits.replace(attribute.value, with: SecretRemover.removed)
                    }
                }
            case .end where token.name == "a": isInPersonLink = false
            case .text:
                let (old, trimmed) = (text(token.range), text(token.range).trimmed)
                let display = isInPersonLink ? people.displayNames[HTMLText.collapsed(trimmed)] : nil
                if let name = display.flatMap({ replacer[$0.lowercased()] }) ?? exact[trimmed] {
                    edits.replace(token.range, with: old.replacing(trimmed, with: name))
                }
            default: break
            }
        }
        return edits.applied(to: bytes)
    }

    /// What is read of a title must not depend on who reviewed it: other values than people's change by names in them only.
    private func compareValues(
        _ before: [Item], _ after: [Item], with replacer: NameReplacer
    ) throws(FixtureError) {
        for (old, new) in zip(before, after) where old.type != .user {
            for (key, value) in old.fields where !(old.type == .review && Self.personal.contains(key)) {
                guard let found = new.fields[key], found != value else { continue }
                let (was, expected) = (value.serialized(), replacer.replacing(in: value.serialized()))
                // What was an address of somebody is another one now.
                guard expected != replacer.replacing(in: found.serialized()), !was.contains("@") else { continue }
                throw FixtureError(
                    "anonymised, the page is read otherwise: \(old.type.rawValue) \(old.key) \(key) was "
                        + "\(was.prefix(120)); it would be \(found.serialized().prefix(120))")
            }
        }
    }

    private static let personal: Set<String> = ["_id", "author", "text", "url", "user", "picture", "avatar"]

    /// A fixture that reads worse than its page would show nothing.
    private func check(_ page: AnonymisedPage, status: Int, before: Extraction) throws(FixtureError) {
        let after = extractor.extract(url: page.url, status: status, contentType: page.contentType, body: page.body)
        func shape(_ extraction: Extraction) -> [String] {
            let items = extraction.items.map { item in
                let fields = item.fields.filter { !$0.value.isBlank }.map(\.key)
                return "\(item.type.rawValue) with \(fields.joined(separator: ", "))"
            }
            return ["page kind \(extraction.page ?? "none")"] + items
                + extraction.drops.map { "drop \($0.reason.rawValue)" } + ["\(extraction.links.count) links"]
        }
        for (old, new) in zip(shape(before), shape(after)) where old != new {
            throw FixtureError("anonymised, the page is read otherwise; it was \(old); it would be \(new)")
        }
        guard shape(before).count == shape(after).count else {
            throw FixtureError(
                "anonymised, \(after.items.count) items and \(after.drops.count) drops come of the page instead of "
                    + "\(before.items.count) and \(before.drops.count)")
        }
    }
}

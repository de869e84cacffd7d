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
        if json == nil { bytes = PersonMarkup(url: url, people: people, names: replacer.names).edited(bytes) }
        var secrets = SecretRemover()
        bytes = replacer.all.replacing(
            in: Array(secrets.removing(from: String(decoding: bytes, as: UTF8.self)).utf8), isHTML: json == nil)
        let address = replacer.all.replacing(in: secrets.removing(from: url.href))
        guard let newURL = WebURL(address) else {
            throw FixtureError("\(url.href): no address once names are replaced")
        }
        let review = AnonymisationReview(extractor: extractor, status: status)
        try review.compareValues(
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
        try review.check(page, before: before)
        try review.look(for: people, on: page, with: replacer.all)
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
}

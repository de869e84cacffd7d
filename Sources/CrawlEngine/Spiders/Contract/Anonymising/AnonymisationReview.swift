import Markup
import CrawlDomain
import WebStandards

/// Looks whether an anonymised page still reads as the page it was made of, and has nobody of it any more.
struct AnonymisationReview {
    let extractor: SpiderExtractor
    let status: Int

    /// What is read of a title must not depend on who reviewed it: other values than people's change by names in them only.
    func compareValues(
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
    func check(_ page: AnonymisedPage, before: Extraction) throws(FixtureError) {
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

    /// Looks for people once more, on the page as it would be kept and as parsers read it: a name that is found again must not be kept.
    func look(
        for people: PeopleFinder, on page: AnonymisedPage, with replacer: NameReplacer
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
}

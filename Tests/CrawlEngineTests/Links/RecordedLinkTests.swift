import Markup
import TestSupport
import Testing
import WebStandards

@testable import CrawlEngine

/// Links as other projects' tests have them: Scrapy's link extractor, w3lib's URLs, bases and refreshes, the URL standard's encodings.
@Suite("Recorded links", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RecordedLinkTests {
    private func encoding(_ row: JSONValue) -> CharacterEncoding {
        row["kwargs"]?["encoding"]?.stringValue.flatMap { CharacterEncoding(label: $0) } ?? .utf8
    }

    @Test("a link's text and address are those of w3lib's safe URLs, but for what only w3lib escapes")
    func safeURLs() throws {
        let base = try #require(WebURL("http://base.invalid/"))
        let rows = try SuiteRows.read("w3lib/safe_url_string.jsonl").filter { row in
            // Links are text by the time they are resolved; whose paths are in the page's encoding, no browser writes.
            let bytes = row["args"]?[0]?.bytes ?? []
            return String(validating: bytes, as: UTF8.self) != nil && row["kwargs"]?["path_encoding"] == nil
                && row["kwargs"]?["quote_path"] == nil && row["error"] == nil
                && row["kwargs"]?["encoding"]?.stringValue.map { CharacterEncoding(label: $0) != nil } ?? true
        }
        #expect(rows.count == 227)
        let failing = try SuiteRows.failing(rows) { row in
            let text = String(decoding: row["args"]?[0]?.bytes ?? [], as: UTF8.self)
            let expected = WebURL(try #require(row["expected"]?.stringValue), base: base)
            let url = LinkResolver(base: base, encoding: encoding(row)).url(text)
            guard let expected, expected.isHTTP else { return url == nil }
            return url == expected.withoutCredentials
        }
        let notEscapedByTheStandard: Set = [135, 137, 139, 141, 188, 190, 192, 194, 196]
        let refusedByTheStandard: Set = [80]
        #expect(
            Set(failing)
                == Set(notEscapedByTheStandard.union(refusedByTheStandard).map { "w3lib-safe_url_string-\($0)" }))
    }

    @Test("queries are written in the page's encoding as the URL standard says")
    func encodings() throws {
        let rows = try SuiteRows.read("whatwg-url/percent_encoding.jsonl")
        #expect(rows.count == 16)
        let base = try #require(WebURL("non-special:x"))
        let failing = try SuiteRows.failing(rows) { row in
            let text = try #require(row["input"]?.stringValue)
            let encoding = try #require(row["encoding"]?.stringValue.flatMap { CharacterEncoding(label: $0) })
            let written = QueryEncoder(encoding)?.encode(text) ?? text
            return WebURL("http://h/?\(written)", base: base)?.query == row["expected"]?.stringValue
        }
        #expect(failing == [])
    }

    @Test("keeping and dropping parameters by the rules of a spider is w3lib's url_query_cleaner")
    func queryCleaner() throws {
        let base = try #require(WebURL("http://base.invalid/"))
        let rows = try SuiteRows.read("w3lib/url_query.jsonl").filter { row in
            row["fn"] == "url_query_cleaner" && row["error"] == nil
        }
        let failing = try SuiteRows.failing(rows) { row in
            let names =
                row["args"]?[1]?.arrayValue?.compactMap(\.stringValue)
                ?? row["args"]?[1]?.stringValue.map { [$0] } ?? []
            var rules = CanonicalisationRules(keepFragments: row["kwargs"]?["keep_fragments"]?.boolValue ?? false)
            rules.sortParameters = false
            if row["kwargs"]?["remove"]?.boolValue == true {
                rules.dropParameters = names
            } else {
                rules.keepOnlyParameters = names
            }
            let url = try #require(WebURL(bytes: row["args"]?[0]?.bytes ?? [], base: base))
            let expected = try #require(row["expected"]?.stringValue.flatMap { WebURL($0, base: base) })
            return CanonicalURL(url, rules: rules)
                == CanonicalURL(expected, rules: .init(keepFragments: true, sortParameters: false))
        }
        #expect(failing == ["w3lib-url_query-35"], "a parameter that comes several times keeps all its values")
    }

    @Test("bases and meta refreshes are found where w3lib finds them")
    func heads() throws {
        let rows = try SuiteRows.read("w3lib/html_base_refresh.jsonl").filter { $0["kwargs"]?["ignore_tags"] == nil }
        let failing = try SuiteRows.failing(rows) { row in
            let text = row["args"]?[1]?.bytes ?? Array("http://none.invalid/".utf8)
            let url = try #require(WebURL(String(decoding: text, as: UTF8.self)))
            let addresses = PageAddresses(of: try MarkupDocument(html: row["args"]?[0]?.bytes ?? []), at: url)
            if row["fn"] == "get_base_url" {
                return addresses.base == row["expected"]?.stringValue.flatMap { WebURL($0) }
            }
            guard let target = row["expected"]?[1]?.stringValue else { return addresses.refresh == nil }
            return addresses.refresh?.url == WebURL(target)
                && addresses.refresh?.delay == row["expected"]?[0]?.doubleValue.map { .seconds($0) }
        }
        #expect(rows.count >= 20)
        #expect(failing == ["w3lib-html_base_refresh-41"], "a page that leads to itself")
    }

    @Test("links, their texts and their nofollow are those of Scrapy's link extractor")
    func scrapy() throws {
        let rows = try SuiteRows.read("scrapy/link_extractor.jsonl").filter { row in
            (row["options"]?.objectValue ?? [:]).allSatisfy { ["restrict_css", "restrict_xpaths"].contains($0.key) }
        }
        #expect(rows.count >= 8)
        let failing = try SuiteRows.failing(rows) { row in
            let url = try #require(row["url"]?.stringValue.flatMap { WebURL($0) })
            let document = try MarkupDocument(html: row["body"]?.bytes ?? [])
            var extractor = LinkExtractor()
            let options = row["options"] ?? [:]
            func texts(_ key: String) -> [String] {
                options[key]?.arrayValue?.compactMap(\.stringValue) ?? options[key]?.stringValue.map { [$0] } ?? []
            }
            extractor.parts = try texts("restrict_xpaths").map { try Selector(xpath: $0) }
            extractor.parts += try texts("restrict_css").map { try Selector(css: $0) }
            let encoding = row["encoding"]?.stringValue.flatMap { CharacterEncoding(label: $0) } ?? .utf8
            let addresses = PageAddresses(of: document, at: url, encoding: encoding)
            let links = try extractor.links(in: document, resolver: addresses.resolver)
            let expected = row["links"]?.arrayValue ?? []
            return links.map(\.text) == expected.map { $0["text"]?.stringValue ?? "" }
                && links.map(\.isNofollow) == expected.map { $0["nofollow"]?.boolValue ?? false }
                && links.map(\.url) == expected.compactMap { $0["url"]?.stringValue.flatMap { WebURL($0) } }
        }
        #expect(failing == [])
    }

    @Test("pages made to be slow to search are not", .timeLimit(.minutes(2)))
    func slowPages() throws {
        let rows = try SuiteRows.readCompressed("w3lib/redos_large_inputs.jsonl.gz")
        #expect(rows.count == 19)
        let url = try #require(WebURL("http://h/"))
        for row in rows {
            let start = ContinuousClock.now
            let text = CharacterEncoding.decode(row["args"]?[0]?.bytes ?? [])
            let document = try MarkupDocument(html: text.bytes)
            let addresses = PageAddresses(of: document, at: url)
            _ = addresses.refresh
            _ = addresses.canonical()
            _ = try LinkExtractor().links(in: document, resolver: addresses.resolver)
            _ = document.root.blockText()
            #expect(start.duration(to: .now) < .seconds(10), "\(row["id"]?.stringValue ?? "")")
        }
    }
}

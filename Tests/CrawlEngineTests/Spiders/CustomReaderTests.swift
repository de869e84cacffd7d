import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

/// What the language cannot say, said in Swift.
@Suite("ValueConverter")
struct CustomReaderTests {
    /// Numbers as the Romans wrote them.
    private struct RomanNumerals: ValueConverter {
        func convert(_ values: [JSONValue], in context: ConversionContext) -> [JSONValue] {
            let digits: [Character: Int64] = ["I": 1, "V": 5, "X": 10, "L": 50, "C": 100]
            return values.compactMap { value in
                let numbers = (value.stringValue ?? "").compactMap { digits[$0] }
                guard !numbers.isEmpty else { return nil }
                return .int(zip(numbers, numbers.dropFirst() + [0]).reduce(0) { $0 + ($1.0 < $1.1 ? -$1.0 : $1.0) })
            }
        }
    }

    /// Reads a whole page: lines such as `5|A Title|TV`.
    private struct LineReader: ValueConverter {
        func convert(_ values: [JSONValue], in context: ConversionContext) -> [JSONValue] {
            values.compactMap(\.stringValue).flatMap { $0.split(separator: "\n") }.compactMap { line in
                let parts = line.split(separator: "|").map(String.init)
                guard parts.count == 3 else { return nil }
                return .object(["id": .string(parts[0]), "title": .string(parts[1]), "type": .string(parts[2])])
            }
        }
    }

    private func extractor(_ yaml: String) throws -> SpiderExtractor {
        var converters = ConverterRegistry.standard
        converters.register("roman") { options in
            if let argument = options.argument { argument.report("'roman' takes no argument") }
            return RomanNumerals()
        }
        converters.register("lines") { _ in LineReader() }
        return try SpiderFixtures.extractor(yaml: yaml, converters: converters)
    }

    @Test("a converter registered under a name converts a field's value")
    func value() throws {
        let yaml = """
            site: test
            hosts: [a.example]
            pages:
              anime:
                url: "/anime/{id:int}"
                item: {type: entry, id: "{site}:{id}", fields: {id: {from: id}, title: h1, type: i, adult: {const: false}, episodes: {css: b, then: roman}}}
            """
        let page = try extractor(yaml).extract("https://a.example/anime/5", "<h1>A</h1><b>XXIV</b>")
        #expect(page.items.first?.fields["episodes"] == 24)
    }

    @Test("a converter given the whole page makes its items, and the language does the rest")
    func page() throws {
        let yaml = """
            site: test
            hosts: [a.example]
            pages:
              all:
                url: /all
                item:
                  type: entry
                  each: {css: pre, as: raw, then: lines}
                  id: "{site}:{id}"
                  fields: {id: {json: id, then: int}, title: $.title, type: type, adult: {const: false}}
            """
        let page = try extractor(yaml).extract("https://a.example/all", "<pre>5|A &amp; B|TV\nbroken\n6|C|OVA</pre>")
        #expect(page.items.map(\.key) == ["test:5", "test:6"], "\(page.drops)")
        #expect(page.items.map { $0.fields["title"] } == ["A & B", "C"])
    }

    @Test("'each' looks only where its condition holds")
    func condition() throws {
        let yaml = """
            site: test
            hosts: [a.example]
            pages:
              all:
                url: /all
                item:
                  type: entry
                  each: {css: p, unless: .closed}
                  id: "{site}:{id}"
                  fields: {id: {xpath: "@id", then: int}, title: {xpath: .}, adult: {const: false}}
            """
        let extractor = try extractor(yaml)
        #expect(extractor.extract("https://a.example/all", "<p id=1>A</p><p id=2>B</p>").items.count == 2)
        #expect(extractor.extract("https://a.example/all", "<b class=closed></b><p id=1>A</p>").items.isEmpty)
    }
}

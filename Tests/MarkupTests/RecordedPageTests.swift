import Foundation
import Markup
import TestSupport
import Testing

@Suite("recorded pages", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RecordedPageTests {
    static func pages(_ ending: String) -> [URL] {
        guard let folder = RecordedMaterial.url("pages"),
            let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        else { return [] }
        let found = walk.compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix(ending) }
        return found.sorted { $0.path < $1.path }
    }

    @Test("every recorded HTML page is read whole")
    func html() throws {
        let pages = Self.pages(".html")
        #expect(pages.count > 100)
        let title = try Selector(css: "title::text")
        let everything = try Selector(xpath: "//node()")
        for page in pages {
            let decoded = CharacterEncoding.decode([UInt8](try Data(contentsOf: page)))
            #expect(!decoded.hadErrors, "\(page.lastPathComponent)")
            let document = try MarkupDocument(html: decoded.bytes)
            #expect(!document.isTruncated, "\(page.lastPathComponent)")
            #expect(!document.root.text.isEmpty || decoded.bytes.count < 200, "\(page.lastPathComponent)")
            _ = try (document.select(title).strings, document.select(everything).matches.count)
            _ = document.root.blockText()
        }
    }

    @Test("every recorded XML document is read whole")
    func xml() throws {
        for page in Self.pages(".xml") {
            let decoded = CharacterEncoding.decode([UInt8](try Data(contentsOf: page)))
            let document = try MarkupDocument(xml: decoded.bytes, namespaces: .removed)
            #expect(!document.isTruncated, "\(page.lastPathComponent)")
        }
    }

    @Test("pages with random changes are read without harm")
    func mutations() throws {
        var random = SplitMix64(seed: 2_026)
        let pages = Self.pages(".html")
        let selectors = [
            try Selector(css: "div > a[href]:not(:first-child), td:nth-child(2) ::text"),
            try Selector(xpath: "//*[has-class('a')]/following-sibling::*[1]/@*"),
        ]
        for _ in 0..<150 {
            guard let page = pages.randomElement(using: &random) else { return }
            var bytes = [UInt8](try Data(contentsOf: page).prefix(20_000))
            Self.mutate(&bytes, using: &random)
            let document = try MarkupDocument(html: CharacterEncoding.decode(bytes).bytes)
            for selector in selectors { _ = try document.select(selector).strings }
            let text = document.root.blockText()
            #expect(String(validating: Array(text.utf8), as: UTF8.self) != nil)
            #expect((try? MarkupDocument(xml: bytes))?.root.text != "\0")
        }
    }

    static func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
        let pieces = [
            "<", ">", "</", "\"", "<!--", "<script>", "</table>", "&#x", "<svg><p>", "\0", "\u{FFFD}", "<![CDATA[",
        ]
        for _ in 0..<20 where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1..<40, using: &random)))
            default:
                let end = min(bytes.count, place + 200)
                bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &random))
            }
        }
    }
}

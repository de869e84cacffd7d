import Foundation
import Recommender
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@testable import Indexing

@Suite("StoryMapDrawing")
struct StoryMapDrawingTests {
    /// What a reader of XML finds.
    private final class Found: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]
        var text = ""
        func parser(
            _: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { elements[name, default: 0] += 1 }
        func parser(_: XMLParser, foundCharacters string: String) { text += string }
    }

    private func parsed(_ svg: String) -> (isValid: Bool, found: Found) {
        let found = Found()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = found
        return (parser.parse(), found)
    }

    private func map(renaming: (Int) -> String = { "Anime \($0)" }) throws -> StoryMap {
        let sources = TopicStudyTests.moreSubjects.enumerated().map {
            StorySource(id: renaming($0), descriptions: $1.descriptions)
        }
        var options = StoryMap.Options()
        (options.method, options.clusterCount) = (.pca, 5)
        return try TopicStudy(sources, topicCount: 9).storyMap(options)
    }

    @Test("a picture is XML with a dot and a title for every anime", arguments: StoryMap.Colour.allCases)
    func dots(colour: StoryMap.Colour) throws {
        let (isValid, found) = parsed(StoryMapDrawing(try map(), colour: colour).svg)
        #expect(isValid)
        #expect(found.elements["title"] == 109)
        #expect(found.text.contains("Anime 107"))
        #expect(found.text.contains("prefers-color-scheme:dark"))
    }

    @Test("titles from outside cannot be markup, nor endless, nor turn the text around")
    func hostile() throws {
        let svg = StoryMapDrawing(
            try map {
                "</title><script>alert(\($0))</script>&\"\u{1B}\u{202E}\u{0}" + String(repeating: "x", count: 5_000)
            }
        ).svg
        let (isValid, found) = parsed(svg)
        #expect(isValid)
        #expect(found.elements["script"] == nil)
        #expect(!svg.unicodeScalars.contains { $0.properties.isBidiControl || $0 == "\u{1B}" })
        #expect(svg.utf8.count < 108 * 400 + 30_000)
    }

    @Test("labels do not overlap, stay in the picture, and stand at their anchor where that is free")
    func labels() throws {
        var placement = LabelPlacement(width: 400, height: 300)
        let placed = (0..<25).compactMap {
            placement.place("label \($0)", at: PlanePoint(x: 390, y: Double($0 % 2)), fontSize: 14)
        }
        #expect(placed.count == 25)
        for (index, one) in placed.enumerated() {
            #expect(one.x > 0 && one.x < 400 && one.y > 0 && one.y < 300)
            for other in placed[..<index] {
                #expect(abs(one.x - other.x) >= 7 * 14 * 0.5 || abs(one.y - other.y) >= 14)
            }
        }
        var free = LabelPlacement(width: 400, height: 300)
        let first = free.place("x", at: PlanePoint(x: 200, y: 150), fontSize: 10)
        let middle = try #require(first)
        #expect(middle.x == 200)
        #expect(!middle.isAway)
        let tooWide = free.place(String(repeating: "w", count: 100), at: PlanePoint(x: 0, y: 0), fontSize: 10)
        #expect(tooWide == nil)
    }

    @Test("no two colours of thirty are equal, on either ground")
    func palette() {
        for ground in [MapPalette.Ground.light, .dark] {
            let colours = (0..<30).map(MapPalette(ground).colour)
            #expect(Set(colours).count == 30)
            #expect(colours.allSatisfy { $0.count == 7 && $0.first == "#" })
        }
    }
}

import Testing

@testable import Markup

/// Pages and selectors that once took time or memory in the square of a page's length.
@Suite struct QuadraticPageTests {
    /// Generous: each takes some hundredths of a second.
    private static let longest: Duration = .seconds(10)

    private func steps(_ steps: Int) -> MarkupLimits { MarkupLimits(maximumSelectorSteps: steps) }

    /// Words of sixteen bytes that differ in the first two of each eight: what a product's lower half keeps apart least.
    private static let similarWords: [String] = {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        let pairs = letters.flatMap { first in letters.map { "\(first)\($0)" } }
        return pairs.flatMap { first in pairs.map { "\(first)xxxxxx\($0)yyyyyy" } }
    }()

    @Test("names that differ in a few bytes only are told apart as fast as others")
    func similarNames() throws {
        let page = Self.similarWords.map { "</\($0)>" }.joined() + "<p aaxxxxxxabyyyyyy=1>"
        let start = ContinuousClock.now
        let document = try MarkupDocument(html: page)
        #expect(document.tree.names.count > Self.similarWords.count)
        #expect(try document.select(Selector(css: "[aaxxxxxxabyyyyyy]")).matches.count == 1)
        #expect(start.duration(to: .now) < Self.longest)
    }

    @Test("classes that differ in a few bytes only are told apart as fast as others")
    func similarClasses() throws {
        let words = Self.similarWords.map { $0.prefix(15) }
        let page = "<p class='\(words.joined(separator: " "))'>"
        let start = ContinuousClock.now
        #expect(try MarkupDocument(html: page).select(Selector(css: ".zzxxxxxxzzyyyyy")).matches.count == 1)
        #expect(start.duration(to: .now) < Self.longest)
    }

    @Test("attributes that are not kept leave nothing behind which a growing text is copied")
    func droppedAttributes() throws {
        let text = String(repeating: "a", count: 100_000)
        for tag in ["<html x=&amp;>", "<body x='&amp;' x='&amp;'>"] {
            let page = "<html><body>\(text)&lt;" + String(repeating: "\(tag)b", count: 10_000)
            let tree = try MarkupDocument(html: page).tree
            let node = try #require(tree.nodes.first { $0.isText })
            #expect(tree.string(tree.content(node)) == text + "<" + String(repeating: "b", count: 10_000))
            // It was moved behind the page once, and not again for each tag.
            #expect(Int(node.first) < page.utf8.count + PageBytes.padding + 1_000, "\(tag)")
        }
        let twice = try MarkupDocument(html: "<p a='&lt;' a='&gt;' b='&amp;'>")
        #expect(try twice.select(Selector(xpath: "//@*")).strings == ["<", "&"])
    }

    @Test(
        "looking through many attributes, or past many comments, counts as steps",
        arguments: [
            "div[foo] p", "p:lang(en)", "//p[ancestor::div[@foo='1'] or @bar]",
            "//p[ancestor::div[has-class('foo')]]",
        ])
    func attributes(selector: String) throws {
        let many = (0..<900).map { " a\($0)" }.joined()
        let page =
            String(repeating: "<i foo></i>", count: 20) + String(repeating: "<div\(many)>", count: 250)
            + String(repeating: "<p>", count: 2_000)
        let document = try MarkupDocument(html: page, limits: steps(2_000_000))
        try expectTooExpensive(selector, on: document)
        let plain = try MarkupDocument(
            html: page.replacing(many, with: " a0"), limits: steps(2_000_000))
        #expect(throws: Never.self) { try plain.select(Self.compile(selector)) }
    }

    @Test("comments between and inside elements count as steps", arguments: ["p:empty ~ b", "p[foo] ~ b", "p + u ~ b"])
    func comments(selector: String) throws {
        let comments = String(repeating: "<!---->", count: 20_000)
        let page =
            String(repeating: "<p foo></p>", count: 20) + "<div><p>\(comments)x</p><u></u>\(comments)"
            + String(repeating: "<b></b>", count: 500)
        let document = try MarkupDocument(html: page, limits: steps(2_000_000))
        try expectTooExpensive(selector, on: document)
    }

    private static func compile(_ selector: String) throws -> Selector {
        try selector.hasPrefix("/") ? Selector(xpath: selector) : Selector(css: selector)
    }

    private func expectTooExpensive(_ selector: String, on document: MarkupDocument) throws {
        let compiled = try Self.compile(selector)
        #expect(compiled.engine == .flat)
        let error = #expect(throws: MarkupError.self) { try document.select(compiled) }
        #expect(error?.code == .selectorTooExpensive)
    }
}

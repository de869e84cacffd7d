import Foundation
import Markup
import TestSupport

/// Selectors that people wrote.
enum SelectorSamples {
    /// Every text in `Spiders/` that is a selector.
    static func ofSpiders() throws -> [Selector] {
        let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Spiders").standardized
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var found: Set<Selector> = []
        for file in files where file.pathExtension == "yaml" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") where !line.drop(while: \.isWhitespace).hasPrefix("#") {
                found.formUnion(selectors(in: String(line)))
            }
        }
        return found.sorted { $0.source < $1.source }
    }

    private static func selectors(in line: String) -> [Selector] {
        let css =
            /(?:css|each|without|until|select|when|unless|rows|inside|test|not|- |^ *[a-z_]+): *("[^"]*"|[^,}"\[\]]+)/
        let xpath = /xpath: *("[^"]*"|[^,}"]+)/
        let found = line.matches(of: xpath).compactMap { try? Selector(xpath: unquoted($0.output.1)) }
        let listed = line.matches(of: /"([^"]*)"/).compactMap { try? Selector(css: String($0.output.1)) }
        return found + listed + line.matches(of: css).compactMap { try? Selector(css: unquoted($0.output.1)) }
    }

    private static func unquoted(_ text: Substring) -> String {
        text.first == "\"" ? String(text.dropFirst().dropLast()) : text.trimmingCharacters(in: .whitespaces)
    }

    /// The selectors of cssselect's own tests.
    static func ofSuites() throws -> [Selector] {
        let files = ["select_html", "xpath_translation"]
        let rows = try files.flatMap { try SuiteRow.all("suites/cssselect/\($0).jsonl") }
        let series = try SuiteRow.all("suites/cssselect/series.jsonl").map { "li:nth-child(\($0.string("nth") ?? ""))" }
        return (rows.compactMap { $0.string("css") } + series).compactMap { try? Selector(css: $0) }
    }

    /// What people write in spiders, beyond ours.
    static let own: [Selector] = xpaths.compactMap { try? Selector(xpath: $0) }

    private static let xpaths = [
        "//title/text()", "/html/head/title", "//a/@href", "//a[@href]", "//div[@id='content']//a",
        "//*[@id='content']",
        "//div[contains(@class, 'title')]", "//a[contains(text(), 'Next')]", "//a[contains(., 'anime')]/@href",
        "//table//tr[2]/td[1]", "//table//tr[position() > 1]", "(//a)[1]", "(//a)[last()]", "//a[last()]",
        "//h2/following-sibling::*[1]", "//h2/following-sibling::div[1]//text()", "//td[normalize-space()='Score:']",
        "//span[text()='Type:']/following-sibling::a", "//span[text()='Type:']/../a", "//div[@class and not(@id)]",
        "//li[count(a) > 1]", "//*[self::h1 or self::h2]", "//a[starts-with(@href, '/anime')]", "string(//title)",
        "count(//a)", "//img/@src | //a/@href", "//div[.//img]", "//p[not(node())]", "normalize-space(//h1)",
        "//a[not(starts-with(@href, 'http'))]", "//tr[td]/td[last()]", "//tr/td[position() = last() - 1]",
        "//script[contains(., 'var')]", "//comment()", "//meta[@property='og:title']/@content", "//body//node()[3]",
        "substring-after(//link[@rel='canonical']/@href, '//')", "//*[has-class('title')]", "//a[@href = //link/@href]",
        "boolean(//form)", "//input[@type='hidden' and @name]/@value", "//a/ancestor::div[1]/@class",
        "//td[2]/preceding-sibling::td", "//h2[1]/following::p[1]", "//p[last()]/preceding::a[1]",
        "//text()[. = 'N/A']",
        "//a[string-length(@href) > 40]", "//a[translate(@title, 'ABC', 'abc')]", "sum(//td) > 0",
        "//@*[name() = 'id']",
        "//*[local-name() = 'a'][3]", "concat(//title, ' ', count(//p))", "//*[@width > 100]", "//a[@href][2]/@href",
        "//div[a and p]", "//div[a or p][1]", "//*[contains(concat(' ', @class, ' '), ' title ')]", "//div/a[1]/text()",
        "//ul/li[position() mod 2 = 1]", "//head/following-sibling::*", "id('content')", "//p[lang('en')]",
        "//*[. = '']",
        "//a[../@class]", "//div[@*]", "/", "/*", "/descendant::a[5]", "//td[. = ../td[1]]", "//a[@href != '#']",
    ]
}

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

    private static let xpaths: [String] = []
}

import Foundation
import WebStandards

@testable import CrawlEngine

/// How the address of a recorded page is made up where the recording does not tell it: a line of `recorded-addresses.txt`.
struct AddressRule {
    let site: String
    /// The kind in the index; `*` for any.
    let kind: String
    /// What the file's name must contain; empty for any.
    let name: String
    /// Found in the page, and what its first group says put in for `{}`; nil where nothing is looked for.
    let pattern: Pattern?
    let address: String

    static func all() throws -> [AddressRule] {
        let text = String(decoding: try SpiderFixtures.bytes("recorded-addresses.txt"), as: UTF8.self)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            // A pattern may hold a bar; the other columns do not.
            let parts = line.split(separator: " | ", maxSplits: 3).map { String($0).trimmed }
            let rest = parts[3].components(separatedBy: " -> ")
            return AddressRule(
                site: parts[0], kind: parts[1], name: parts[2] == "*" ? "" : parts[2],
                pattern: rest.count > 1 ? try Pattern(rest[0]) : nil, address: rest[rest.count - 1])
        }
    }

    /// What the first rule that fits says.
    static func address(
        of page: String, _ file: String, _ site: String, _ kind: String, _ rules: [AddressRule]
    ) -> String? {
        rules.lazy.filter {
            $0.site == site && ["*", kind].contains($0.kind) && ($0.name.isEmpty || file.contains($0.name))
        }
        .compactMap { rule in
            guard let pattern = rule.pattern else { return rule.address }
            return pattern.firstMatch(in: page)?[1].map { rule.address.replacingOccurrences(of: "{}", with: $0) }
        }.first
    }
}

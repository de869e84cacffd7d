import CrawlDomain
import TestSupport
import WebStandards

@testable import CrawlEngine

/// A recorded page, with the address it came from or would have come from.
struct RecordedPage {
    let file: String
    let site: String
    let kind: String
    let layout: String
    let era: String
    let date: String
    let flags: [String]
    let status: Int
    let body: [UInt8]
    let url: WebURL

    /// The pages of the sites, in the order of the index; those whose address nobody knows are left out.
    static func all(of sites: [String]) throws -> [RecordedPage] {
        let rules = try AddressRule.all()
        return try RecordedMaterial.lines("pages/index.jsonl").compactMap { line in
            let row = try JSONValue(parsing: line)
            guard let site = row["site"]?.stringValue, sites.contains(site), let file = row["file"]?.stringValue,
                let kind = row["kind"]?.stringValue
            else { return nil }
            let body = try RecordedMaterial.bytes("pages/\(file)")
            // Where these came from is not what they are for: any page may end so.
            let recorded = ["login", "error", "404", "blocked"].contains(kind) ? nil : row["url"]?.stringValue
            let address =
                recorded ?? AddressRule.address(of: String(decoding: body, as: UTF8.self), file, site, kind, rules)
            guard let url = address.flatMap({ WebURL($0) }) else { return nil }
            let status = row["status"].flatMap(NumberText.text).flatMap { Int($0) }
            return RecordedPage(
                file: file, site: site, kind: kind, layout: row["layout"]?.stringValue ?? "-",
                era: row["era"]?.stringValue ?? "", date: row["date"]?.stringValue ?? "",
                flags: row["flags"]?.arrayValue?.compactMap(\.stringValue) ?? [], status: status ?? Self.status(kind),
                body: body, url: url)
        }
    }

    private static func status(_ kind: String) -> Int { kind == "404" ? 404 : kind == "load.json-error" ? 400 : 200 }
}

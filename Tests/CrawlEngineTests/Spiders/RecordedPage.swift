import CrawlDomain
import TestSupport
import WebStandards

@testable import CrawlEngine

/// A recorded page of MyAnimeList, with the address it came from or would have come from.
struct RecordedPage {
    let file: String
    let kind: String
    let layout: String
    let era: String
    let date: String
    let flags: [String]
    let status: Int
    let body: [UInt8]
    let url: WebURL

    static func all() throws -> [RecordedPage] {
        try RecordedMaterial.lines("pages/index.jsonl").compactMap { line in
            let row = try JSONValue(parsing: line)
            guard row["site"] == "myanimelist", let file = row["file"]?.stringValue, let kind = row["kind"]?.stringValue
            else { return nil }
            let body = try RecordedMaterial.bytes("pages/\(file)")
            let recorded = row["url"]?.stringValue
            let id = row["mal_id"]?.intValue
            let address = ["login", "error", "404", "blocked"].contains(kind) ? nil : recorded
            guard let url = WebURL(address ?? Self.address(kind, id: id.map { Int($0) } ?? Self.id(in: body))) else {
                return nil
            }
            let status = row["status"].flatMap(NumberText.text).flatMap { Int($0) }
            return RecordedPage(
                file: file, kind: kind, layout: row["layout"]?.stringValue ?? "-", era: row["era"]?.stringValue ?? "",
                date: row["date"]?.stringValue ?? "",
                flags: row["flags"]?.arrayValue?.compactMap(\.stringValue) ?? [], status: status ?? Self.status(kind),
                body: body, url: url)
        }
    }

    private static func status(_ kind: String) -> Int { kind == "404" ? 404 : kind == "load.json-error" ? 400 : 200 }

    private static func id(in body: [UInt8]) -> Int {
        let text = String(decoding: body, as: UTF8.self)
        let patterns = [#"rel="canonical"\s+href="[^"]*/anime/(\d+)"#, #"/anime/(\d+)"#]
        return patterns.lazy.compactMap { (try? Pattern($0))?.firstMatch(in: text)?[1].flatMap { Int($0) } }.first ?? 1
    }

    private static func address(_ kind: String, id: Int) -> String {
        let site = "https://myanimelist.net"
        switch kind {
        case "anime", "login", "error", "blocked", "404": return "\(site)/anime/\(id)"
        case "anime-reviews": return "\(site)/anime/\(id)/_/reviews"
        case "anime-userrecs": return "\(site)/anime/\(id)/_/userrecs"
        case "topanime": return "\(site)/topanime.php"
        case "users": return "\(site)/users.php"
        case "profile": return "\(site)/profile/somebody"
        case "animelist": return "\(site)/animelist/somebody?status=7"
        case "load.json-animelist", "load.json-error": return "\(site)/animelist/somebody/load.json?status=7&offset=0"
        case "anime-season": return "\(site)/anime/season/2018/spring"
        case "anime-genre": return "\(site)/anime/genre/1"
        case "anime-producer": return "\(site)/anime/producer/4/x"
        case "anime-search": return "\(site)/anime.php?q=x"
        case "reviews": return "\(site)/reviews.php?t=anime"
        default: return "\(site)/other/\(kind)"
        }
    }
}

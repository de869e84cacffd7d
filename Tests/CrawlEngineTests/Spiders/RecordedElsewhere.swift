import CrawlDomain
import TestSupport
import WebStandards

@testable import CrawlEngine

/// A recorded page or answer of another site than MyAnimeList, with the address it would have come from.
struct RecordedElsewhere {
    static let sites = ["anilist", "kitsu", "livechart", "anime-planet", "anidb"]

    let file: String
    let site: String
    let date: String
    let body: [UInt8]
    let url: WebURL

    static func all(of site: String) throws -> [RecordedElsewhere] {
        try RecordedMaterial.lines("pages/index.jsonl").compactMap { line in
            let row = try JSONValue(parsing: line)
            guard row["site"]?.stringValue == site, let file = row["file"]?.stringValue else { return nil }
            let body = try RecordedMaterial.bytes("pages/\(file)")
            guard let url = WebURL(address(site, String(decoding: body, as: UTF8.self))) else { return nil }
            return RecordedElsewhere(
                file: file, site: site, date: row["date"]?.stringValue ?? "", body: body, url: url)
        }
    }

    private static func address(_ site: String, _ text: String) -> String {
        func first(_ pattern: String) -> String? { (try? Pattern(pattern))?.firstMatch(in: text)?[1] }
        let json = try? JSONValue(parsing: text)
        switch site {
        case "anilist":
            let id = (json?["data"]?["Media"]?["id"]).flatMap(NumberText.text)
            if let id { return "https://graphql.anilist.co/?anime=\(id)" }
            if json?["data"]?["Page"] != nil { return "https://graphql.anilist.co/?newest=1" }
            if json?["data"]?["anime"] != nil { return "https://graphql.anilist.co/?list=somebody" }
            return "https://graphql.anilist.co/"
        case "kitsu":
            let api = "https://kitsu.app/api/edge/anime"
            if let id = json?["data"]?["id"]?.stringValue { return "\(api)/\(id)" }
            let first = json?["data"]?[0]
            if first?["type"] == "anime" { return "\(api)?filter[id]=\(first?["id"]?.stringValue ?? "")" }
            return first == nil ? "\(api)?filter[id]=1" : "\(api)/1/\(first?["type"]?.stringValue ?? "")"
        case "anidb":
            let answer = first(#"<anime id="(\d+)""#).map {
                "http://api.anidb.net:9001/httpapi?request=anime&aid=\($0)"
            }
            return answer ?? first(#"rel="canonical" href="([^"]*)""#) ?? "https://anidb.net/anime/1"
        case "livechart": return first(#"og:url" content="([^"]*)"#) ?? ""
        default:
            let page = first(#"og:url['"] content=['"]([^'"]*)"#)
            let isList = text.contains("personalList")
            return page ?? "https://www.anime-planet.com/\(isList ? "users/somebody/anime" : "anime/all?page=31")"
        }
    }
}

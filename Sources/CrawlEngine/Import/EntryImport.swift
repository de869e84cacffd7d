public import CrawlDomain
import WebStandards

/// Makes entries of the records of public data sets: CSV with a header, or JSON lines.
public struct EntryImport: Sendable {
    private let site: String
    private let pipeline: ItemPipeline

    /// - Parameter site: The site whose numbers the records use.
    public init(site: String, pipeline: ItemPipeline) {
        self.site = site
        self.pipeline = pipeline
    }

    /// Makes an entry of one record.
    ///
    /// - Throws: ``ImportReject`` when a field that an entry needs is missing or wrong.
    public func entry(_ record: ImportRecord) throws(ImportReject) -> Item {
        guard let id = record.integer(["mal_id", "anime_id", "id"]), id > 0 else {
            throw ImportReject(line: record.line, reason: "mal_id: expected a positive number")
        }
        guard let title = record.text(["title", "name"]) else {
            throw ImportReject(line: record.line, reason: "title: expected a text")
        }
        switch pipeline.process(fields(record, id: id, title: title), type: .entry) {
        case .item(let item): return item
        case .drop(let drop): throw ImportReject(line: record.line, reason: "\(drop.reason.rawValue): \(drop.detail)")
        }
    }

    private func fields(_ record: ImportRecord, id: Int, title: String) -> JSONObject {
        let synopsis = Attribution(of: record.text(["synopsis", "sypnopsis", "description"]) ?? "")
        let genres = record.texts(["genres", "genre"])
        let rating = record.text(["age_rating"])
        let url =
            record.text(["url"])
            ?? (site == "myanimelist" ? "https://myanimelist.net/anime/\(id)" : "urn:\(site):\(id)")
        return [
            "_id": .string("\(site):\(id)"), "site": .string(site), "id": .int(Int64(id)),
            "url": .string(url), "title": .string(title),
            "title_english": .optional(record.text(["title_english"])), "type": .optional(record.text(["type"])),
            "episodes": .optional(record.integer(["episodes"])), "status": .optional(record.text(["status"])),
            "aired": aired(record), "genres": .array(genres.map(JSONValue.string)),
            "themes": .array(record.texts(["themes"]).map(JSONValue.string)),
            "demographics": .array(record.texts(["demographics"]).map(JSONValue.string)),
            "studios": .array(record.texts(["studios", "studio"]).map(JSONValue.string)),
            "source": .optional(record.text(["source"])), "score": .optional(record.number(["score", "rating"])),
            "members": .optional(record.integer(["members"])), "rating": .optional(rating),
            "synopsis": .optional(synopsis.text.isEmpty ? nil : synopsis.text),
            "synopsis_source": .optional(synopsis.source),
            "adult": .bool(rating?.hasPrefix("Rx") == true || genres.contains { ["Hentai", "Erotica"].contains($0) }),
        ]
    }

    private func aired(_ record: ImportRecord) -> JSONValue {
        guard let year = record.integer(["year"]), (1900...2100).contains(year) else { return .null }
        return .object(["from": .string("\(year)"), "to": .null, "text": .string("\(year)")])
    }
}

extension JSONValue {
    fileprivate static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    fileprivate static func optional(_ number: Int?) -> JSONValue { number.map { .int(Int64($0)) } ?? .null }
    fileprivate static func optional(_ number: Double?) -> JSONValue { number.map(JSONValue.double) ?? .null }
}

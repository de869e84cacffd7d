import WebStandards

/// One anime of anime-offline-database (manami-project): addresses of several sites, and what was put together from them.
///
/// Left out are `relatedAnime`, which does not say how two are related and must not join them, `score`, which is no site's, and
/// `thumbnail`.
struct OfflineDatabaseRecord {
    private let record: ImportRecord
    private let object: JSONObject
    private let sources: [SiteAddress]

    /// Nil when the record is no such anime.
    init?(_ record: ImportRecord) {
        guard let object = record.object, let sources = object["sources"]?.arrayValue, object["title"] != nil else {
            return nil
        }
        self.record = record
        self.object = object
        let addresses = sources.prefix(100).compactMap(\.stringValue).compactMap(SiteAddress.init)
        // Of a site that is named twice, the first counts.
        var seen: Set<String> = []
        let first = addresses.filter { seen.insert($0.site).inserted }
        self.sources = SiteAddress.sites.compactMap { site in first.first { $0.site == site } }
    }

    /// An entry of the first site there is, or of each.
    func entries(everySite: Bool) throws(ImportReject) -> [JSONObject] {
        guard let title = object["title"]?.stringValue, !title.trimmed.isEmpty else {
            throw record.reject("title: expected a text")
        }
        guard !sources.isEmpty else {
            throw record.reject(
                "sources: expected the address of an anime at \(SiteAddress.sites.joined(separator: ", "))")
        }
        let fields = common(title)
        return (everySite ? sources[...] : sources.prefix(1)).map { source in
            var entry: JSONObject = [
                "_id": .string(source.key), "site": .string(source.site), "id": source.id, "url": .string(source.url),
            ]
            for (name, value) in fields { entry[name] = value }
            entry["external_ids"] = .array(
                sources.filter { $0 != source }.map { ["site": .string($0.site), "id": $0.id, "url": .string($0.url)] })
            return entry
        }
    }

    private func common(_ title: String) -> JSONObject {
        let tags = (object["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
        let genres = tags.compactMap { Self.genres[$0.lowercased()] }
        let demographics = tags.compactMap { Self.demographics[$0.lowercased()] }
        let themes = tags.filter { Self.genres[$0.lowercased()] == nil && Self.demographics[$0.lowercased()] == nil }
        let season = object["animeSeason"]
        let year = season?["year"]?.intValue.flatMap { (1900...2100).contains($0) ? $0 : nil }
        let premiered = season?["season"]?.stringValue.flatMap { Self.seasons[$0.uppercased()] }
        return [
            "title": .string(title), "title_synonyms": .textList(texts("synonyms")),
            "type": .orNull(word("type").flatMap { Self.types[$0] }),
            "episodes": .orNull(object["episodes"]?.intValue.flatMap { $0 > 0 ? Int($0) : nil }),
            "status": .orNull(word("status").flatMap { Self.states[$0] }),
            "premiered": .orNull(year.flatMap { year in premiered.map { "\($0) \(year)" } }),
            "aired": year.map { ["from": .string("\($0)"), "to": .null, "text": .string("\($0)")] } ?? .null,
            "genres": .textList(genres), "themes": .textList(themes.map { $0.prefix(1).uppercased() + $0.dropFirst() }),
            "demographics": .textList(demographics), "studios": .textList(texts("studios")),
            "producers": .textList(texts("producers")), "img_url": .orNull(object["picture"]?.stringValue),
            "duration_seconds": seconds, "adult": .bool(genres.contains { ["Hentai", "Erotica"].contains($0) }),
        ]
    }

    private func word(_ name: String) -> String? { object[name]?.stringValue?.uppercased() }

    private func texts(_ name: String) -> [String] {
        (object[name]?.arrayValue ?? []).compactMap { $0.stringValue?.trimmed }.filter { !$0.isEmpty }
    }

    private var seconds: JSONValue {
        guard object["duration"]?["unit"]?.stringValue == "SECONDS", let value = object["duration"]?["value"]?.intValue,
            value > 0
        else { return .null }
        return .int(value)
    }

    private static let types = ["TV": "TV", "MOVIE": "Movie", "OVA": "OVA", "ONA": "ONA", "SPECIAL": "Special"]
    private static let states = [
        "FINISHED": "Finished Airing", "ONGOING": "Currently Airing", "CURRENTLY": "Currently Airing",
        "UPCOMING": "Not yet aired",
    ]
    private static let seasons = ["WINTER": "Winter", "SPRING": "Spring", "SUMMER": "Summer", "FALL": "Fall"]

    /// MyAnimeList's genres by the tags that mean them; all other tags are themes.
    private static let genres = named([
        "Action", "Adventure", "Avant Garde", "Award Winning", "Boys Love", "Comedy", "Drama", "Fantasy", "Girls Love",
        "Gourmet", "Horror", "Mystery", "Romance", "Sci-Fi", "Slice of Life", "Sports", "Supernatural", "Suspense",
        "Ecchi", "Erotica", "Hentai",
    ])
    private static let demographics = named(["Shounen", "Shoujo", "Seinen", "Josei", "Kids"])

    private static func named(_ names: [String]) -> [String: String] {
        Dictionary(names.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }
}

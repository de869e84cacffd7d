import WebStandards

/// The fields of an entry under the names that public data sets give them.
///
/// Known are Kaggle's Anime Recommendations (2016), MyAnimeList Dataset (2018), Anime Dataset with Reviews and Anime Recommendation Database
/// (both 2020), Anime Dataset 2023, and what the site's API and its imitators answer. Members and columns not named here are left out.
struct EntryColumns {
    let site: String

    /// Fields, and which of them are only guessed.
    typealias Fields = (known: JSONObject, guessed: Set<String>)

    /// The columns that a record cannot do without, by their names.
    static let ids = ["mal_id", "anime_id", "animeid", "id", "uid"]
    static let titles = ["title", "name"]

    func fields(of record: ImportRecord) throws(ImportReject) -> Fields {
        guard let id = record.integer(Self.ids), id > 0 else {
            throw record.reject("mal_id: expected a positive number")
        }
        guard let title = Self.words(record.verbatim(Self.titles)) else {
            throw record.reject("title: expected a text")
        }
        var guessed: Set<String> = []
        let url = record.text(["url", "link"])
        if url == nil { guessed.insert("url") }
        var fields: JSONObject = [
            "_id": .string("\(site):\(id)"), "site": .string(site), "id": .int(Int64(id)),
            "url": .string(url ?? SiteAddress.url(site: site, id: id)), "title": .string(title),
        ]
        add(titles: record, to: &fields)
        add(facts: record, to: &fields)
        add(standing: record, to: &fields)
        add(texts: record, to: &fields)
        let rating = fields["rating"]?.stringValue
        let genres = record.texts(["genres", "genre"])
        if rating == nil && genres.isEmpty { guessed.insert("adult") }
        fields["adult"] = .bool(
            rating?.hasPrefix("Rx") == true || genres.contains { ["Hentai", "Erotica"].contains($0) })
        return (fields, guessed)
    }

    private func add(titles record: ImportRecord, to fields: inout JSONObject) {
        fields["title_english"] = .orNull(
            Self.words(record.text(["title_english", "english name", "english_name", "english_title"])))
        fields["title_japanese"] = .orNull(
            Self.words(record.text(["title_japanese", "japanese name", "japanese_name", "other name"])))
        fields["title_synonyms"] = .textList(record.texts(["title_synonyms", "synonyms"]))
    }

    private func add(facts record: ImportRecord, to fields: inout JSONObject) {
        fields["type"] = .orNull(record.text(["type"]))
        fields["episodes"] = .orNull(record.integer(["episodes", "num_episodes"]).flatMap { $0 > 0 ? $0 : nil })
        fields["status"] = .orNull(record.text(["status"]))
        fields["aired"] = aired(record)
        fields["premiered"] = .orNull(record.text(["premiered"]).map(Self.capitalised))
        fields["broadcast"] = .orNull(record.text(["broadcast"]))
        for (name, columns) in Self.lists { fields[name] = .textList(record.texts(columns)) }
        fields["source"] = .orNull(record.text(["source"]))
        let duration = record.text(["duration"])
        fields["duration"] = .orNull(duration)
        fields["duration_seconds"] = duration.flatMap(DurationText.seconds).map(JSONValue.int) ?? .null
        // Of two columns, "score" is the mean of the users' scores and "rating" the age rating; alone, "rating" is the mean.
        let age = record.text(["age_rating"]) ?? (record.number(["rating"]) == nil ? record.text(["rating"]) : nil)
        fields["rating"] = .orNull(age)
        fields["img_url"] = .orNull(record.text(["img_url", "image_url", "image url", "picture"]))
    }

    private static let lists: [(String, [String])] = [
        ("producers", ["producers", "producer"]), ("licensors", ["licensors", "licensor"]),
        ("studios", ["studios", "studio"]), ("genres", ["genres", "genre"]), ("themes", ["themes", "theme"]),
        ("demographics", ["demographics", "demographic"]),
        ("openings", ["openings", "opening_theme", "opening_themes"]),
        ("endings", ["endings", "ending_theme", "ending_themes"]),
    ]

    private func add(standing record: ImportRecord, to fields: inout JSONObject) {
        let score = record.has(["score"]) ? record.number(["score"]) : record.number(["rating", "mean"])
        // A mean of 0 says that nobody has given a score.
        fields["score"] = score.flatMap { $0 > 0 ? .double($0) : nil } ?? .null
        for (name, columns) in Self.counts {
            fields[name] = .orNull(record.integer(columns).flatMap { $0 >= (name == "rank" ? 1 : 0) ? $0 : nil })
        }
        let states = Self.states.map { ($0.name, record.integer([$0.column])) }
        if states.allSatisfy({ $0.1 != nil }) {
            fields["status_counts"] = .object(JSONObject(states.map { ($0.0, JSONValue.orNull($0.1)) }))
        }
        let votes = (1...10).compactMap { score in record.integer(["score-\(score)"]).map { (score, $0) } }
        if !votes.isEmpty {
            fields["score_counts"] = .array(votes.map { ["score": .int(Int64($0.0)), "votes": .int(Int64($0.1))] })
        }
    }

    private static let counts: [(String, [String])] = [
        ("scored_by", ["scored_by", "scored by"]), ("rank", ["rank", "ranked"]), ("popularity", ["popularity"]),
        ("members", ["members"]), ("favorites", ["favorites"]),
    ]

    private static let states = [
        (name: "watching", column: "watching"), (name: "completed", column: "completed"),
        (name: "on_hold", column: "on-hold"), (name: "dropped", column: "dropped"),
        (name: "plan_to_watch", column: "plan to watch"),
    ]

    private func add(texts record: ImportRecord, to fields: inout JSONObject) {
        let text = record.text(["synopsis", "sypnopsis", "description"]).flatMap(HTMLText.paragraphs)
        let synopsis = Attribution(of: text ?? "")
        fields["synopsis"] = .orNull(synopsis.text.isEmpty ? nil : synopsis.text)
        fields["synopsis_source"] = .orNull(synopsis.source)
        fields["background"] = .orNull(record.text(["background"]).flatMap(HTMLText.paragraphs))
    }

    private func aired(_ record: ImportRecord) -> JSONValue {
        if let text = record.text(["aired_string", "aired"]), text.utf8.count <= 200, let period = DateText.period(text)
        {
            return period
        }
        guard let year = record.integer(["year"]), (1900...2100).contains(year) else { return .null }
        return ["from": .string("\(year)"), "to": .null, "text": .string("\(year)")]
    }

    /// A title without mark-up: data sets have `Star &amp; Sea`.
    private static func words(_ text: String?) -> String? {
        guard let text else { return nil }
        let plain = text.contains("&") && text.contains(";") ? HTMLText.paragraphs(of: text) : text
        return plain.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension JSONValue {
    static func orNull(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    static func orNull(_ number: Int?) -> JSONValue { number.map { .int(Int64($0)) } ?? .null }
    static func textList(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}

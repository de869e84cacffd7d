/// Rows of a member's list, in the loose JSON that the real site answers.
///
/// Titles and tags that look like numbers are numbers, `is_rewatching` may be an empty string, dates are MM-DD-YY.
struct AnimeListJSON {
    static let pageSize = 300
    /// The answer for a private list and for a name that nobody has.
    static let refusal = "{\"errors\":[{\"message\":\"invalid request\"}]}"

    let context: PageContext

    func render(_ rows: some Sequence<DemoListRow>) -> String {
        var text = "["
        for row in rows {
            guard let entry = context.catalogue.anime(id: row.animeID) else { continue }
            if text.utf8.count > 1 { text += "," }
            append(row, entry, to: &text)
        }
        return text + "]"
    }

    private func append(_ row: DemoListRow, _ entry: DemoAnime, to text: inout String) {
        var object = JSONObjectText()
        object.add("status", row.status.rawValue)
        object.add("score", row.score)
        object.add(loose: "tags", row.tags)
        if row.isRewatching { object.add("is_rewatching", 1) } else { object.add(raw: "is_rewatching", looseZero(row)) }
        object.add("num_watched_episodes", row.watchedEpisodes)
        object.add("created_at", row.animeID % 3 == 0 ? 0 : row.updatedAt - 86_400)
        object.add("updated_at", row.updatedAt)
        addEntry(entry, row, &object)
        object.add("start_date_string", row.started?.listText)
        object.add("finish_date_string", row.finished?.listText)
        object.add("anime_start_date_string", entry.aired.from.map { listText($0, entry.aired.precision) })
        object.add("anime_end_date_string", entry.aired.to.map { listText($0, entry.aired.precision) })
        let days = row.started.flatMap { start in row.finished.map { $0.dayNumber - start.dayNumber + 1 } }
        object.add(raw: "days_string", days.map(String.init) ?? "null")
        object.add("storage_string", "")
        object.add("priority_string", "Low")
        object.add("notes", "")
        object.add("editable_notes", "")
        text += object.text
    }

    private func addEntry(_ entry: DemoAnime, _ row: DemoListRow, _ object: inout JSONObjectText) {
        object.add(loose: "anime_title", entry.title)
        object.add(loose: "anime_title_eng", entry.titleEnglish ?? entry.title)
        object.add("anime_num_episodes", entry.episodes ?? 0)
        object.add("anime_airing_status", entry.status == .airing ? 1 : entry.status == .finished ? 2 : 3)
        object.add("anime_id", entry.id)
        for key in ["anime_studios", "anime_licensors", "anime_season"] { object.add(raw: key, "null") }
        object.add("anime_total_members", entry.members)
        object.add("anime_total_scores", entry.scoredBy)
        object.add(raw: "anime_score_val", entry.scoreHundredths.map(hundredths) ?? "0")
        let difference = entry.scoreHundredths.map { row.score * 100 - $0 }
        object.add(raw: "anime_score_diff", row.score == 0 ? "-99" : difference.map(hundredths) ?? "-99")
        object.add("anime_popularity", entry.popularity)
        for key in ["has_episode_video", "has_promotion_video", "has_video"] { object.add(raw: key, "false") }
        object.add("video_url", "\(entry.path)/video")
        object.add(raw: "genres", kinds(entry.genres))
        object.add(raw: "demographics", kinds(entry.demographics))
        object.add(raw: "title_localized", "null")
        object.add("anime_url", entry.path)
        object.add("anime_image_path", context.link("/r/192x272\(entry.imagePath)?s=demo"))
        object.add(raw: "is_added_to_list", "false")
        object.add("anime_media_type_string", entry.type.rawValue)
        object.add("anime_mpaa_rating_string", entry.shortRating)
    }

    private func looseZero(_ row: DemoListRow) -> String { (row.animeID + row.updatedAt) % 4 == 0 ? "\"\"" : "0" }

    /// "7.21", "8" for 800: whole scores lose their decimals.
    private func hundredths(_ number: Int) -> String {
        let magnitude = number.magnitude
        let sign = number < 0 ? "-" : ""
        if magnitude % 100 == 0 { return "\(sign)\(magnitude / 100)" }
        return "\(sign)\(magnitude / 100).\(twoDigits(Int(magnitude % 100)))"
    }

    private func listText(_ date: CivilDate, _ precision: AiredSpan.Precision) -> String {
        let parts = date.parts
        let month = precision == .year ? "00" : twoDigits(parts.month)
        let day = precision == .day ? twoDigits(parts.day) : "00"
        return "\(month)-\(day)-\(twoDigits(parts.year % 100))"
    }

    private func kinds(_ names: [String]) -> String {
        let objects = names.map { name in
            var object = JSONObjectText()
            object.add("id", Int(StableHash.of(name) % 90) + 1)
            object.add("name", name)
            return object.text
        }
        return "[" + objects.joined(separator: ",") + "]"
    }
}

extension DemoAnime {
    /// "PG-13", nil for "None".
    var shortRating: String? { rating == "None" ? nil : rating.split(separator: " ").first.map(String.init) }
}

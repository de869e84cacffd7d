import WebStandards

/// One entry of a site that an anime is combined of.
struct AnimeEntryModel: Sendable, Hashable {
    let title: String
    let site: String
    /// "TV · 24 episodes · Apr 5, 2009 to Jul 4, 2010"; nil when nothing is known.
    let facts: String?
    /// Its page at its site; nil when that is none of the web's.
    let url: String?

    init(_ entry: JSONObject) {
        title = entry["title"]?.stringValue ?? entry["_id"]?.stringValue ?? ""
        site = entry["site"]?.stringValue ?? ""
        let episodes = entry["episodes"]?.intValue.map { $0 == 1 ? "1 episode" : "\($0) episodes" }
        let aired = entry["aired"]?.objectValue?["text"]?.stringValue
        let parts = [entry["type"]?.stringValue, episodes, aired].compactMap(\.self).filter { !$0.isEmpty }
        facts = parts.isEmpty ? nil : parts.joined(separator: " · ")
        url = WebAddress.safe(entry["url"]?.stringValue)
    }
}

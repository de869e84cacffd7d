import CrawlEngine
import Storage
import WebStandards

extension AnimeDatabase {
    /// Titles and types of a site's entries by number, for rows of lists.
    func titles(of site: String) async throws -> [String: ListBuilder.Title] {
        var titles: [String: ListBuilder.Title] = [:]
        try await catalogue.forEachEntry(fields: ["site", "id", "title", "type"]) { entry in
            guard entry["site"]?.stringValue == site, let id = entry["id"] else { return }
            let key = id.intValue.map { String($0) } ?? id.stringValue ?? ""
            titles[key] = (entry["title"]?.stringValue ?? "", entry["type"]?.stringValue)
        }
        return titles
    }
}

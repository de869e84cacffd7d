import Catalog
import WebStandards

/// An anime as it was stored, before its entries are grouped anew.
struct FormerAnime {
    let id: String
    /// The title it is called by, before collisions are resolved; nil without one.
    let title: String?
    /// The keys of its entries.
    let members: [String]

    init?(_ document: JSONObject) {
        guard let id = document["_id"]?.stringValue else { return nil }
        self.id = id
        title = document["titles"]?.arrayValue?.first?.stringValue
        members = document.memberKeys
    }

    /// The entry it was called by, of those that are left: the earliest of its title, else what would be its main one.
    func namesake(among entries: [String: CatalogEntry]) -> CatalogEntry? {
        let left = members.compactMap { entries[$0] }
        return left.filter { $0.title == title }.min(by: CatalogEntry.airsBefore) ?? Anime.mainEntry(of: left)
    }
}

extension JSONObject {
    /// The keys of an anime document's entries.
    var memberKeys: [String] { texts("entries") }

    /// The keys of entries that an anime document's entries stay apart from.
    var apartKeys: [String] { texts("apart") }
}

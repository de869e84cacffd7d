import WebStandards

@testable import Indexing

/// Cards of anime as the catalogue would have them.
enum Cards {
    static func card(
        _ id: String, _ number: Int, type: String = "TV", year: Int? = nil, site: String = "site",
        more entries: [Int] = [], related: [Int] = [], genres: [String] = [], members: Int = 0, adult: Bool = false,
        titles others: [String] = [], key: String? = nil
    ) -> AnimeCard? {
        AnimeCard([
            "_id": .string(id), "type": .string(type), "year": year.map { .int(Int64($0)) } ?? .null,
            "titles": .array(([id] + others).map(JSONValue.string)), "members": .int(Int64(members)),
            "adult": .bool(adult),
            "genres": .array(genres.map(JSONValue.string)),
            "entries": .array(([key ?? "\(number)"] + entries.map(String.init)).map { .string("\(site):\($0)") }),
            "related": .array(related.map { .string("\(site):\($0)") }),
        ])
    }
}

import CrawlDomain
import WebStandards

/// Makes people's lists of rated rows.
public struct ListBuilder: Sendable {
    /// What is known of an entry.
    public typealias Title = (title: String, type: String?)

    private let site: String
    private let pipeline: ItemPipeline
    private let titles: [String: Title]
    private let naming: UserNaming?

    /// - Parameters:
    ///   - site: The site whose entries were rated.
    ///   - titles: Entry number → title and type, where they are known.
    ///   - naming: How people's names are stored; nil where the file numbers people.
    public init(site: String, pipeline: ItemPipeline, titles: [String: Title], naming: UserNaming?) {
        self.site = site
        self.pipeline = pipeline
        self.titles = titles
        self.naming = naming
    }

    /// A person's list as an item, or why there is none.
    public func list(of person: RatedPerson) -> ItemPipeline.Outcome {
        let (user, rows) = (person.user, person.rows)
        let prefix = "\(site):"
        let plain = user.hasPrefix(prefix) ? String(user.dropFirst(prefix.count)) : user
        let name = naming?.stored(plain) ?? plain
        let ordered = rows.values.map { (number: Int($0.entry) ?? .max, row: $0) }.sorted {
            ($0.number, $0.row.entry) < ($1.number, $1.row.entry)
        }
        return pipeline.process(
            [
                "_id": .string(prefix + name), "site": .string(site), "name": .string(name),
                "list": .array(ordered.map { .object(row($0.row, prefix)) }),
            ], type: .user)
    }

    private func row(_ row: RatingRow, _ prefix: String) -> JSONObject {
        let known = titles[row.entry]
        return JSONObject(uniqueMembers: [
            ("entry_id", .string(row.entry.utf8.contains(UInt8(ascii: ":")) ? row.entry : prefix + row.entry)),
            ("title", known.map { .string($0.title) } ?? .null), ("type", known?.type.map(JSONValue.string) ?? .null),
            ("score", .int(Int64(row.score))),
            ("status", WatchState.all[min(Int(row.status), WatchState.all.count - 1)].map(JSONValue.string) ?? .null),
            ("watched_episodes", row.episodes.map { .int(Int64($0)) } ?? .null), ("rewatching", .null),
            ("started", .null), ("finished", .null),
            ("updated", row.updated.flatMap(DateText.timestamp).map(JSONValue.string) ?? .null),
        ])
    }
}

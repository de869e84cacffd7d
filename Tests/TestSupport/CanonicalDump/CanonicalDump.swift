import MongoDriver
import Storage
import WebStandards

/// What a crawl left in a database, without what differs between any two runs that did the same: times, runs, tokens, change numbers.
///
/// Two crawls of a site that answers the same have equal dumps, whatever happened on the way.
public struct CanonicalDump: Sendable, Hashable {
    /// Section → id → what stands there, as one text.
    public let sections: [String: [String: String]]
    /// What must hold of any database at rest and does not hold of this one; empty when all is well.
    public let defects: [String]

    /// Reads a database.
    public init(of temporary: TemporaryDatabase) async throws {
        let reader = DumpReader(database: temporary.client.database(temporary.name))
        var sections: [String: [String: String]] = [:]
        for collection in ["entries", "users", "reviews"] { sections[collection] = try await reader.items(collection) }
        sections["anime"] = try await reader.anime()
        sections["frontier"] = try await reader.frontier()
        sections["pages"] = try await reader.pages()
        let changes = try await reader.changes()
        sections["changes"] = changes.histories
        self.sections = sections
        defects = changes.defects + Self.leased(sections["frontier"] ?? [:]) + Self.unexplained(sections)
    }

    /// How this one differs from what it should be, a line each; empty when they are equal.
    public func differences(from expected: CanonicalDump) -> [String] {
        Set(sections.keys).union(expected.sections.keys).sorted().flatMap { section in
            let (mine, theirs) = (sections[section] ?? [:], expected.sections[section] ?? [:])
            return Set(mine.keys).union(theirs.keys).sorted().compactMap { id -> String? in
                switch (mine[id], theirs[id]) {
                case (let mine?, let theirs?):
                    mine == theirs ? nil : "\(section) \(id): \(Self.excerpt(mine, against: theirs))"
                case (let mine?, nil): "\(section) \(id): should not be there: \(mine.prefix(120))"
                case (nil, let theirs?): "\(section) \(id): missing: \(theirs.prefix(120))"
                case (nil, nil): nil
                }
            }
        }
    }

    /// Where two texts begin to differ.
    private static func excerpt(_ mine: String, against theirs: String) -> String {
        let common = zip(mine, theirs).prefix { $0 == $1 }.count
        let start = max(0, common - 30)
        return "…\(mine.dropFirst(start).prefix(90))… instead of …\(theirs.dropFirst(start).prefix(90))…"
    }

    private static func leased(_ frontier: [String: String]) -> [String] {
        frontier.values.filter { $0.hasPrefix("leased ") || $0.hasPrefix("due ") }.sorted().map { "left over: \($0)" }
    }

    /// Items without a change, and changes without an item.
    private static func unexplained(_ sections: [String: [String: String]]) -> [String] {
        let kinds = ["entries": "entry", "users": "user", "reviews": "review", "anime": "anime"]
        let items = Set(
            kinds.flatMap { collection, subject in (sections[collection] ?? [:]).keys.map { "\(subject) \($0)" } })
        let told = Set((sections["changes"] ?? [:]).filter { !$0.value.hasSuffix("delete") }.keys)
        return items.subtracting(told.union(items.filter { $0.hasPrefix("anime ") })).sorted().map {
            "no change tells of \($0)"
        } + told.subtracting(items).sorted().map { "a change tells of \($0), which is not there" }
    }
}

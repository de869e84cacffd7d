import Catalog
import CrawlDomain
import WebStandards

@testable import CrawlEngine

/// What recorded pages say of how entries belong together: the entries that were read, and by title those they speak of.
struct RecordedRelations {
    /// Every entry, those that no page was recorded of with their title only.
    let entries: [CatalogEntry]
    /// How many of them were read.
    let pages: Int
    /// Every statement: who says what of whom.
    let statements: [(by: CatalogEntry, relation: String, target: CatalogEntry)]

    /// The relations of seasons, specials and films, in every spelling that occurs, written down apart from what is tested.
    private static let ofOneWork: Set<String> = [
        "Sequel", "Prequel", "Parent story", "Side story", "Full story", "Summary", "Alternative version", "Remake",
    ]

    init() throws {
        let sites = ["anidb", "anilist", "anime-planet", "kitsu", "livechart", "myanimelist"]
        let extractors = try Dictionary(uniqueKeysWithValues: sites.map { ($0, try SpiderFixtures.extractor($0)) })
        var read: [String: (date: String, fields: JSONObject)] = [:]
        for page in try RecordedPage.all(of: sites) {
            guard let extractor = extractors[page.site] else { continue }
            for item in RecordedReading(page, by: extractor).extraction.items where item.type == .entry {
                if read[item.key].map({ $0.date < page.date }) ?? true { read[item.key] = (page.date, item.fields) }
            }
        }
        var found: [String: CatalogEntry] = [:]
        for (key, page) in read { found[key] = CatalogEntry(fields: page.fields) }
        pages = found.count
        var stated: [(String, String, String)] = []
        for (key, page) in read.sorted(by: { $0.key < $1.key }) {
            for row in page.fields["related"]?.arrayValue ?? [] where row["kind"]?.stringValue == "anime" {
                guard let site = row["site"]?.stringValue, let id = row["id"], let title = row["title"]?.stringValue,
                    let relation = row["relation"]?.stringValue,
                    let stub = CatalogEntry(fields: [
                        "_id": .string("\(site):\(id.intValue.map { String($0) } ?? id.stringValue ?? "")"),
                        "site": .string(site), "id": id, "title": .string(title),
                    ])
                else { continue }
                if found[stub.key] == nil { found[stub.key] = stub }
                stated.append((key, relation, stub.key))
            }
        }
        entries = found.values.sorted { $0.key < $1.key }
        statements = stated.compactMap { by, relation, target in
            guard let by = found[by], let target = found[target] else { return nil }
            return (by, relation, target)
        }
    }

    /// What the pages' own sections make one work: whatever hangs together by relations of seasons, specials and films, or by being the
    /// same elsewhere.
    var reference: [String: Int] {
        var group = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
        func join(_ first: String, _ second: String) {
            guard let one = group[first], let other = group[second], one != other else { return }
            for (key, number) in group where number == other { group[key] = one }
        }
        for statement in statements where Self.ofOneWork.contains(statement.relation) {
            join(statement.by.key, statement.target.key)
        }
        for entry in entries { for target in entry.sameAs { join(entry.key, target) } }
        return group
    }

    /// Of the pairs of titles that two or more sites relate, on how many they agree whether both are one work.
    var siteAgreement: (agreed: Int, pairs: Int) {
        var sites: [[String]: [String: Bool]] = [:]
        for statement in statements where statement.relation != "Same Franchise" {
            let isOneWork = Self.ofOneWork.contains(statement.relation)
            let said = sites[Self.pair(statement)]?[statement.by.site] ?? false
            sites[Self.pair(statement), default: [:]][statement.by.site] = said || isOneWork
        }
        let several = sites.values.filter { $0.count > 1 }
        return (several.count { Set($0.values).count == 1 }, several.count)
    }

    private static func pair(_ statement: (by: CatalogEntry, relation: String, target: CatalogEntry)) -> [String] {
        [statement.by.title.lowercased(), statement.target.title.lowercased()].sorted()
    }

    /// What titles decide of "same franchise", beside what another site states of two entries of the same titles.
    var franchiseAgreement: (rightlyJoined: Int, wronglyJoined: Int, rightlyApart: Int, wronglyApart: Int) {
        let pair = Self.pair
        var elsewhere: [[String]: Bool] = [:]
        for statement in statements where statement.relation != "Same Franchise" {
            elsewhere[pair(statement), default: false] =
                elsewhere[pair(statement)] == true || Self.ofOneWork.contains(statement.relation)
        }
        var counts = (rightlyJoined: 0, wronglyJoined: 0, rightlyApart: 0, wronglyApart: 0)
        for statement in statements where statement.relation == "Same Franchise" {
            guard let isOneWork = elsewhere[pair(statement)] else { continue }
            switch (TitleStem.agreement(of: statement.by, statement.target) == .whole, isOneWork) {
            case (true, true): counts.rightlyJoined += 1
            case (true, false): counts.wronglyJoined += 1
            case (false, false): counts.rightlyApart += 1
            case (false, true): counts.wronglyApart += 1
            }
        }
        return counts
    }

    /// For each relation how many statements there are, and in how many titles support it.
    var support: [(relation: String, count: Int, supported: Int)] {
        Dictionary(grouping: statements, by: \.relation).map { relation, rows in
            (relation, rows.count, rows.count { TitleStem.agreement(of: $0.by, $0.target) > .none })
        }.sorted { ($1.count, $0.relation) < ($0.count, $1.relation) }
    }
}

/// Pairs of entries that are in one group, compared with a reference.
struct PairScore: CustomStringConvertible {
    private(set) var both = 0, ours = 0, reference = 0

    init(_ ours: [String: some Hashable], reference: [String: Int]) {
        let keys = reference.keys.sorted()
        for (index, first) in keys.enumerated() {
            for second in keys[(index + 1)...] {
                let (isOurs, isReference) = (ours[first] == ours[second], reference[first] == reference[second])
                if isOurs { self.ours += 1 }
                if isReference { self.reference += 1 }
                if isOurs, isReference { both += 1 }
            }
        }
    }

    var precision: Double { Double(both) / Double(max(ours, 1)) }
    var recall: Double { Double(both) / Double(max(reference, 1)) }

    var description: String {
        let percent = { (share: Double) in "\(Double((share * 1_000).rounded()) / 10) %" }
        return
            "\(ours) pairs, \(reference) in the reference, precision \(percent(precision)), recall \(percent(recall))"
    }
}

import Catalog
import Foundation
import TestSupport
import Testing
import WebStandards

/// How well entries are grouped, on what real pages say; prints the table of docs/catalog.md.
@Suite("Grouping on recorded pages", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RecordedRelationsTests {
    @Test("what pages' own sections make one work is one anime, and titles alone would not do")
    func recorded() throws {
        let recorded = try RecordedRelations()
        #expect(recorded.pages > 200 && recorded.statements.count > 700)
        let reference = recorded.reference
        let groups = Grouping.groups(of: recorded.entries)
        var group: [String: Int] = [:]
        for (number, entries) in groups.enumerated() { for entry in entries { group[entry.key] = number } }
        let ours = PairScore(group, reference: reference)
        let stems = Dictionary(
            uniqueKeysWithValues: recorded.entries.map { ($0.key, "\($0.site) \(TitleStem.stem(of: $0.title))") })
        print("\(recorded.pages) pages read, \(recorded.entries.count) entries, \(groups.count) anime")
        print("all sites: \(ours)")
        for row in recorded.support {
            print("\(row.relation): \(row.count) stated, \(row.supported * 100 / row.count) % supported by titles")
        }
        // What "same franchise" adds where titles agree is not in the reference.
        let states = { (key: String) in !["anime-planet", "livechart"].contains(String(key.prefix { $0 != ":" })) }
        let stated = reference.filter { states($0.key) }
        let strict = PairScore(group.filter { states($0.key) }, reference: stated)
        let titles = PairScore(stems.filter { states($0.key) }, reference: stated)
        print("the sites that state relations: \(strict)")
        print("titles alone there: \(titles)")
        let sites = recorded.siteAgreement
        print("pairs that several sites relate: \(sites.pairs), on \(sites.agreed) of which they agree")
        #expect(sites.pairs >= 20 && sites.agreed * 10 >= sites.pairs * 9)
        let franchise = recorded.franchiseAgreement
        print("'same franchise' where another site states a relation: \(franchise)")
        // One of the five is a new version that its own site relates as "Other", and the older ones as alternative versions.
        #expect(franchise.wronglyJoined <= 1 && franchise.rightlyJoined >= 4)
        #expect(strict.precision >= 0.99 && strict.recall >= 0.99)
        #expect(ours.recall >= 0.99)
        #expect(titles.recall < strict.recall && titles.precision > 0.5)
        let largest = try #require(groups.map(\.count).max())
        #expect(largest < 200, "\(largest) entries are one anime")
        for edge in Grouping.resolve(recorded.entries).edges where [.contradicted, .crossover].contains(edge.verdict) {
            print("refused: \(edge.first) \(edge.second) \(edge.verdict.rawValue)")
        }
    }

    @Test("titles of a whole catalogue group about as the original's did, and no stem holds a great part of it")
    func catalogueOfTitles() throws {
        var stems: [String: Int] = [:]
        let lines = try RecordedMaterial.lines("data/anime_meta.jsonl")
        for line in lines {
            let title = try JSONValue(parsing: line)["title"]?.stringValue ?? ""
            stems[TitleStem.stem(of: title), default: 0] += 1
        }
        let share = Double(stems.count) / Double(lines.count)
        print(
            "\(lines.count) titles, \(stems.count) stems (\(share)); the original made 4,588 anime of 9,000 entries (0.51)"
        )
        #expect((0.5...0.85).contains(share))
        #expect(stems.values.max() ?? 0 < lines.count / 100)
    }

    @Test("hard cases are decided as written down by hand")
    func hardCases() throws {
        let file = Program.project.appendingPathComponent("Tests/Fixtures/catalog/hard-cases.json")
        let cases = try #require(try JSONValue(parsing: [UInt8](Data(contentsOf: file))).arrayValue)
        #expect(cases.count >= 15)
        for hard in cases {
            let name = hard["case"]?.stringValue ?? ""
            let entries = try #require(hard["entries"]?.arrayValue).map { row -> CatalogEntry in
                let key = try #require(row["key"]?.stringValue)
                let parts = key.split(separator: ":").map(String.init)
                let related = (row["related"]?.objectValue ?? [:]).map { target, relation -> JSONValue in
                    let other = target.split(separator: ":").map(String.init)
                    return ["relation": relation, "site": .string(other[0]), "id": .string(other[1]), "kind": "anime"]
                }
                let same = (row["same"]?.arrayValue ?? []).compactMap(\.stringValue).map { target -> JSONValue in
                    let other = target.split(separator: ":").map(String.init)
                    return ["site": .string(other[0]), "id": .string(other[1])]
                }
                return try #require(
                    CatalogEntry(fields: [
                        "_id": .string(key), "site": .string(parts[0]), "id": .string(parts[1]),
                        "title": row["title"] ?? .null, "related": .array(related), "external_ids": .array(same),
                    ]), "\(name)")
            }
            let expected = try #require(hard["groups"]?.arrayValue).map { group in
                (group.arrayValue ?? []).compactMap(\.stringValue).sorted()
            }
            let found = Grouping.groups(of: entries).map { $0.map(\.key).sorted() }
            #expect(Set(found) == Set(expected), "\(name)")
        }
    }
}

import ArgumentParser
import CrawlDomain
import Indexing
import Storage
import WebStandards
import Terminal

/// `animematcher catalog`: how entries are combined into anime.
struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Show or rebuild how entries are combined into anime.",
        discussion: """
              animematcher catalog show "Star Ferry"
              animematcher catalog rebuild
            """,
        subcommands: [Show.self, Rebuild.self])

    /// Shows one anime.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the entries of an anime and what joins them.")
        @Argument(help: "A title, or its beginning.") var title: String
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                guard let anime = try await database.catalogue.anime(titled: title, limit: 1).first,
                    let id = anime["_id"]?.stringValue
                else { throw Failure("no anime is called '\(Console.visible(title))'") }
                let keys = anime["entries"]?.arrayValue?.compactMap(\.stringValue) ?? []
                let entries = try await database.catalogue.entries(keys)
                let titles = Dictionary(
                    entries.map { ($0["_id"]?.stringValue ?? "", $0["title"]?.stringValue ?? "") },
                    uniquingKeysWith: { $1 })
                Console.print(Console.visible(id))
                for key in keys {
                    guard let entry = entries.first(where: { $0["_id"]?.stringValue == key }) else { continue }
                    let facts = [entry["type"]?.stringValue, entry["aired"]?["from"]?.stringValue].compactMap(\.self)
                    Console.print("  \(key)  \(Console.visible(titles[key] ?? ""))  (\(facts.joined(separator: ", ")))")
                    for relation in entry.joiningRelations where titles[relation.target] != nil {
                        Console.print("      \(relation.name) \(Console.visible(titles[relation.target] ?? ""))")
                    }
                }
            }
        }
    }

    /// Combines everything anew.
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Combine all entries anew; only what differs is written.")
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                let cause = ChangeCause(.catalog, id: "catalog rebuild")
                let summary = try await CatalogueFollower(database: database).rebuild(cause: cause)
                let counts = try await database.catalogue.counts()
                Console.print(
                    "\(counts.entries) entries make \(counts.anime) anime (\(summary.inserted) new, \(summary.updated) changed)"
                )
            }
        }
    }
}

extension JSONObject {
    fileprivate var joiningRelations: [(name: String, target: String)] {
        (self["related"]?.arrayValue ?? []).compactMap { row in
            guard row["kind"]?.stringValue == "anime",
                let id = row["id"]?.intValue.map({ String($0) }) ?? row["id"]?.stringValue,
                let name = row["relation"]?.stringValue
            else { return nil }
            return (name, "\(row["site"]?.stringValue ?? self["site"]?.stringValue ?? ""):\(id)")
        }
    }
}

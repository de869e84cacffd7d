import ArgumentParser
import Indexing
import Storage
import Terminal
import WebStandards

/// `animematcher similar`: anime like one.
struct SimilarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: "Show the anime most like one, by what people like together and by the story, and why.",
        discussion: """
            People who like both are counted from their lists where there are at most 20,000 lists, else with --people only: it goes through \
            all of them.

              animematcher similar "Star Ferry"
              animematcher similar "Star Ferry" --top 5 --json
            """)

    @Argument(help: "A title, or its beginning.")
    var title: String

    @Option(help: "How many to show.")
    var top = 10

    @Flag(inversion: .prefixedNo, help: "Count the people who like both.")
    var people: Bool?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (1...1_000).contains(top) else { throw ValidationError("--top: expected a number from 1 to 1000") }
    }

    func run() async throws {
        try await database.withDatabase { database, _ in
            let index = try await AnimeIndex.load(from: database)
            let id = try await TitleLookup(database: database, index: index).id(of: title)
            let similar = try index.similar(to: id, count: top)
            let fans = try await fans(of: id, and: similar.map(\.anime), in: index, database)
            if json { return Console.print(JSONValue.array(similar.map { value($0, fans) })) }
            Console.print("like \(Console.visible(id))\(fans.map { ", which \($0.total) people like" } ?? "")")
            for (rank, other) in similar.enumerated() { print(other, rank: rank + 1, fans) }
        }
    }

    /// How many people like the one asked about, and each of the others with it.
    private struct Fans {
        var total = 0
        var both: [String: Int] = [:]
    }

    private static let listsToCount = 20_000

    private func fans(of id: String, and others: [AnimeCard], in index: AnimeIndex, _ database: AnimeDatabase)
        async throws -> Fans?
    {
        guard let card = index.card(id) else { return nil }
        let isSmall = people == nil ? try await database.users.count() <= Self.listsToCount : false
        guard people == true || isSmall else { return nil }
        var fans = Fans()
        try await database.users.forEachFan(of: card.entries) { liked in
            fans.total += 1
            for other in others where !liked.isDisjoint(with: other.entries) { fans.both[other.id, default: 0] += 1 }
        }
        return fans
    }

    private func value(_ other: SimilarAnime, _ fans: Fans?) -> JSONValue {
        guard let fans, var object = other.value.objectValue else { return other.value }
        object["people_who_like_both"] = .int(Int64(fans.both[other.anime.id] ?? 0))
        object["people_who_like_the_first"] = .int(Int64(fans.total))
        return .object(object)
    }

    private func print(_ other: SimilarAnime, rank: Int, _ fans: Fans?) {
        let facts = [other.anime.type, other.anime.year.map(String.init)].compactMap(\.self).joined(separator: ", ")
        let people = Int((other.likedTogether * 100).rounded())
        Console.print(
            "\(String(rank).paddedLeft(3)). \(Console.visible(other.anime.id))"
                + (facts.isEmpty ? "" : "  (\(Console.visible(facts)))"))
        var reasons: [String] = []
        if people > 0 {
            let both = fans.map { $0.both[other.anime.id] ?? 0 }
            // Of two that nobody likes both it is what they are that tells who would.
            reasons.append(
                both == 0
                    ? "\(people) % for those who like its kind: titles, genres, makers"
                    : "\(people) % liked together" + (both.map { "; \($0) people like both" } ?? ""))
        }
        if people < 100 {
            var story: [String] = []
            if let shares = other.topicShares {
                story.append(
                    "both about \(other.sharedTopic.joined(separator: ", ")) (\(percent(shares.asked)) and \(percent(shares.other)))"
                )
            }
            if !other.sharedWords.isEmpty { story.append("both say \(other.sharedWords.joined(separator: ", "))") }
            reasons.append("\(100 - people) % the story\(story.isEmpty ? "" : ": " + story.joined(separator: "; "))")
        }
        for reason in reasons { Console.print("       \(Console.visible(reason, limit: 200))") }
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

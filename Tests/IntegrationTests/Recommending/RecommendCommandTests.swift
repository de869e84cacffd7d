import Foundation
import TestSupport
import Testing
import WebStandards

/// `animematcher recommend` with each of its options, on a crawled demo site.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RecommendCommandTests {
    private struct Answer {
        let anime: [String]
        let rows: [[String: Any]]

        init(_ result: Program.Result) throws {
            #expect(result.status == 0, "\(result.errors)")
            rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]] ?? []
            anime = rows.compactMap { $0["anime"] as? String }
        }

        func texts(_ field: String) -> [String] { rows.compactMap { $0[field] as? String } }
        var genres: [[String]] { rows.compactMap { $0["genres"] as? [String] } }
        var scores: [String: Double] {
            Dictionary(
                rows.compactMap { row in
                    guard let anime = row["anime"] as? String, let score = row["score"] as? Double else { return nil }
                    return (anime, score)
                }, uniquingKeysWith: { first, _ in first })
        }
        var years: [Int] { rows.compactMap { $0["year"] as? Int } }
    }

    private func answer(_ rig: CrawlRig, _ arguments: [String]) async throws -> Answer {
        try Answer(await rig.animematcher(["recommend", "--json"] + arguments))
    }

    @Test("filters, series, variety and dislikes change the list, and reasons stay parts of the score")
    func options() async throws {
        try await CrawlRig.with(anime: 120, users: 24) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)

            let first = try await answer(rig, ["--sample-user", "--top", "2"]).anime
            let likes = first.flatMap { ["--like", $0] }
            let plain = try await answer(rig, likes + ["--top", "30"])
            #expect(Set(plain.anime).isDisjoint(with: first))
            #expect(plain.anime.count > 12)
            #expect(Set(plain.anime).count == plain.anime.count)
            for row in plain.rows {
                let reasons = row["reasons"] as? [[String: Any]] ?? []
                let shares = reasons.compactMap { $0["share"] as? Double }
                #expect(!shares.isEmpty && shares.reduce(0, +) < 1.001)
                #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 >= $1 })
            }

            let type = try #require(plain.texts("type").last)
            let typed = try await answer(rig, likes + ["--top", "30", "--type", type.uppercased()])
            #expect(Set(typed.texts("type")) == [type])
            let genre = try #require(plain.genres.last?.first)
            let wanted = try await answer(rig, likes + ["--top", "30", "--genre", genre.lowercased()])
            #expect(!wanted.anime.isEmpty && wanted.genres.allSatisfy { $0.contains(genre) })
            // What a filter leaves out is made up for: the rest comes in its old order, and more behind it.
            let unwanted = try await answer(rig, likes + ["--top", "10", "--no-genre", genre])
            let kept = zip(plain.anime, plain.genres).filter { !$0.1.contains(genre) }.map(\.0)
            #expect(Array(kept.prefix(10)) == Array(unwanted.anime.prefix(kept.count)))
            let year = try #require(plain.years.first)
            let dated = try await answer(rig, likes + ["--years", "\(year)-\(year + 1)"])
            #expect(!dated.anime.isEmpty && dated.years.allSatisfy { (year...year + 1).contains($0) })
            #expect(try await answer(rig, likes + ["--min-members", "1000000000"]).anime.isEmpty)

            let varied = try await answer(rig, likes + ["--top", "10", "--diversity", "0.8"])
            #expect(varied.anime.first == plain.anime.first)
            #expect(varied.anime != Array(plain.anime.prefix(10)))
            let all = try await answer(rig, likes + ["--top", "30", "--series", "all"])
            let new = try await answer(rig, likes + ["--top", "30", "--series", "exclude"])
            let whole = try await answer(rig, likes + ["--top", "1000"])
            #expect(Set(new.anime).isSubset(of: whole.anime))
            // Lists of what is new lean otherwise, so that the same anime have other scores.
            #expect(!new.scores.isEmpty && new.scores.contains { plain.scores[$0] != $1 })
            #expect(Set(plain.anime.prefix(all.anime.count)).isSubset(of: all.anime) || all.anime.count == 30)

            let disliked = try await answer(rig, likes + ["--dislike", plain.anime[0], "--top", "30"])
            #expect(!disliked.anime.contains(plain.anime[0]))
            // It speaks for others no more, so that some change places; most stay.
            #expect(Set(disliked.anime).intersection(plain.anime).count >= 20)

            // What nothing can come of is said, and no empty list.
            let (one, other) = (try #require(likes.last), plain.anime[0])
            for (wrong, message) in [
                (["--genre", "foo"], "--genre foo: no anime has it; there are "),
                (["--type", "tw"], "--type tw: no anime has it; there are "),
                (["--dislike", one], "is liked and disliked"), (["--like", " "], "expected a title, found no text"),
            ] {
                let result = try await rig.animematcher(["recommend"] + likes + wrong)
                #expect(result.status == 1 && result.errors.contains(message), "\(result.errors)")
            }
            #expect(try await answer(rig, likes + ["--genre", genre.uppercased(), "--dislike", other]).anime.count > 0)
        }
    }

    @Test(
        "a mistake is said before anything is asked",
        arguments: [
            (["kaito", "--dislike", "Crow"], "expected --like TITLE beside it"),
            (["kaito", "--diversity", "1.5"], "--diversity: expected a number from 0 to 1"),
            (["kaito", "--years", "20x"], "--years"), (["kaito", "--years", "2010-2000"], "--years"),
            (["kaito", "--series", "some"], "--series"), (["kaito", "--min-members", "-1"], "--min-members"),
        ])
    func mistakes(arguments: [String], message: String) async throws {
        let result = try await Program("animematcher").run(["recommend"] + arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains(message), "\(result.errors)")
    }
}

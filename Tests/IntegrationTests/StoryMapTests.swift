import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct StoryMapTests {
    @Test("a crawled site has topics with coherence, a map as a picture and as JSON, and similar anime with numbers")
    func map() async throws {
        try await CrawlRig.with(anime: 80, users: 16) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            let topics = try await rig.animematcher("topics")
            #expect(topics.output.contains("coherence"), "\(topics.output)\(topics.errors)")
            let listed =
                try JSONSerialization.jsonObject(
                    with: Data(try await rig.animematcher("topics", "--json").output.utf8)) as? [[String: Any]]
            #expect((listed?.compactMap { $0["share"] as? Double }.reduce(0, +) ?? 0) > 0.99)
            #expect(listed?.allSatisfy { $0["coherence"] is Double } == true)

            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("map-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appendingPathComponent("stories.svg")
            let drawn = try await rig.animematcher(
                "map", file.path, "--colour", "clusters", "--clusters", "5", "--json")
            #expect(drawn.status == 0, "\(drawn.errors)")
            let map = drawn.object
            let anime = map["anime"] as? [[String: Any]] ?? []
            #expect(anime.count > 20)
            #expect((map["clusters"] as? [Any])?.count == 5)
            let svg = try String(contentsOf: file, encoding: .utf8)
            #expect(svg.contains("<svg"))
            #expect(svg.components(separatedBy: "h0\"><title>").count == anime.count + 1)
            let again = try await rig.animematcher("map", "--json", "--colour", "clusters", "--clusters", "5")
            #expect(again.output == drawn.output)

            let title = try #require(anime.first?["anime"] as? String)
            let similar =
                try JSONSerialization.jsonObject(
                    with: Data(try await rig.animematcher("similar", title, "--json").output.utf8)) as? [[String: Any]]
            #expect(similar?.first?["people_who_like_both"] is Int)
            #expect(similar?.contains { ($0["shared_words"] as? [String])?.isEmpty == false } == true)
            let other = try await rig.animematcher("map", file.path.replacing(".svg", with: ".png"))
            #expect(other.status == 64 && other.errors.contains("ends in .svg"), "\(other.errors)")
            let missing = try await rig.animematcher("map", "/nonexistent/folder/x.svg", "--method", "pca")
            #expect(missing.status == 1)
            #expect(missing.errors.contains("cannot be written"))
        }
    }
}

/// Topics of a file, without a database.
@Suite struct StoryFileTests {
    private func file(_ lines: [String]) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("stories-\(UUID().uuidString).jsonl")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        return file
    }

    @Test("topics of a file of texts are shown, by the recipe that is asked for", arguments: ["standard", "original"])
    func file(recipe: String) async throws {
        let lines = (0..<60).map { number in
            let letter = Array("abcdefghij")[number % 10]
            let words = (0..<5).filter { $0 != number % 5 }.map { "\(letter)zz\($0 % 2 == 0 ? "o" : "u")rk" }
            let text = Array(repeating: words.joined(separator: " "), count: 7).joined(separator: " ") + ". The end."
            return "{\"title\":\"Anime \(number)\",\"synopsis\":\"\(text)\"}"
        }
        let file = try file(lines)
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try await Program("animematcher").run([
            "topics", "--from", file.path, "--topics", "10", "--recipe", recipe, "--json",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let topics = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        #expect(topics?.count == 10)
    }

    @Test("a bad line is named, and too few texts are an error")
    func badLine() async throws {
        let text = String(repeating: "pirates sail ", count: 20)
        let file = try file(["{\"title\":\"A\",\"synopsis\":\"\(text)\"}", "{\"synopsis\":\"\(text)\"}"])
        defer { try? FileManager.default.removeItem(at: file) }
        let program = Program("animematcher")
        let untitled = try await program.run(["topics", "--from", file.path])
        #expect(untitled.status == 1)
        #expect(untitled.errors.contains("line 2: no title"))
        try Data("{\"title\":\"A\",\"synopsis\":\"\(text)\"}".utf8).write(to: file)
        let few = try await program.run(["topics", "--from", file.path])
        #expect(few.status == 1)
        #expect(few.errors.contains("too few"))
        #expect(try await program.run(["map"]).status == 64)
    }
}

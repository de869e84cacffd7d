import Foundation
import TestSupport
import Testing

/// `animematcher evaluate` on generated ratings, scored by the protocol's own script as well.
@Suite(.enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct EvaluateCommandTests {
    /// Ratings of people of two tastes; the split is the script's own.
    private final class Rig {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("evaluate-\(UUID().uuidString)")

        init() throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            var generator = SplitMix64(seed: 5)
            var text = "user,item,rating\n"
            for user in 1...90 {
                for item in 1...60 where Int.random(in: 0..<100, using: &generator) < 90 - item {
                    let isLiked = item % 2 == user % 2
                    text += "\(user),\(item),\(Int.random(in: isLiked ? 6...10 : 2...8, using: &generator))\n"
                }
            }
            try write(text, "ratings.csv")
            var items = "item,title,genre\n"
            for item in 1...60 { items += "\(item),\"Ferry \(item / 3), the\",\(item % 2 == 0 ? "Drama" : "Action")\n" }
            try write(items.replacingOccurrences(of: ", the", with: ": The End"), "items.csv")
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

        func write(_ text: String, _ name: String) throws {
            try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        }

        /// Runs the protocol's script; nil where there is no Python.
        func script(_ name: String, _ arguments: String...) async throws -> [String: Any]? {
            let file = try #require(RecordedMaterial.url("data/\(name)")).path
            let run = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
            guard let text = try await ForeignPython.run("sys = __import__('sys'); \(run)", [file] + arguments) else {
                return nil
            }
            return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        }
    }

    private func rankings(_ rig: Rig, _ arguments: [String]) async throws -> [[String: Any]] {
        try await evaluation(arguments)["rankings"] as? [[String: Any]] ?? []
    }

    private func evaluation(_ arguments: [String]) async throws -> [String: Any] {
        let result = try await Program("animematcher").run(["evaluate", "--json"] + arguments)
        #expect(result.status == 0, "\(result.errors)")
        return result.object
    }

    @Test("what is written scores in the protocol's script to the very numbers that are printed")
    func equalNumbers() async throws {
        let rig = try Rig()
        guard try await rig.script("eval.py", "split", rig.path("ratings.csv"), rig.path("split")) != nil else {
            return
        }
        let splits = [
            ("weak", ["--train", "train.csv", "--test", "test.csv"]),
            ("strong", ["--train", "strong/train.csv", "--test", "strong/test.csv", "--foldin", "strong/foldin.csv"]),
            ("cold", ["--train", "cold/train.csv", "--test", "cold/test.csv", "--candidates", "cold/items.csv"]),
        ]
        for (split, files) in splits {
            let paths = files.map { $0.hasPrefix("--") ? $0 : rig.path("split/\($0)") }
            let lists = rig.path("\(split).csv")
            let scores = rig.path("\(split)-predictions.csv")
            let evaluation = try await evaluation(
                paths + ["--items", rig.path("items.csv"), "--write-recommendations", lists]
                    // Of anime without any rating none is predicted.
                    + (split == "cold" ? [] : ["--write-predictions", scores]))
            let all = evaluation["rankings"] as? [[String: Any]] ?? []
            let ours = try #require(all.last { $0["ours"] as? Bool == true })
            if split != "cold" {
                let rated = try #require(evaluation["predictions"] as? [[String: Any]])
                let accuracy = try #require(rated.last { $0["ours"] as? Bool == true })
                let scored = try #require(try await rig.script("eval.py", "preds", rig.path("split"), split, scores))
                for name in ["rmse", "mae"] {
                    let expected = try #require(scored[name] as? Double)
                    #expect(abs(try #require(accuracy[name] as? Double) - expected) < 1e-6, "\(split): \(name)")
                }
            }
            let theirs = try #require(try await rig.script("eval.py", "recs", rig.path("split"), split, lists))
            for (name, value) in theirs {
                let expected = try #require((value as? NSNumber)?.doubleValue)
                let found = try #require((ours[name] as? NSNumber)?.doubleValue, "\(split): \(name)")
                #expect(abs(found - expected) < 1e-9, "\(split): \(name)")
            }
            #expect(try #require(ours["liked_ndcg@10"] as? Double) > 0.1, "\(split)")
            guard split == "weak" else { continue }
            let series = try #require(
                try await rig.script("discovery.py", rig.path("split"), rig.path("items.csv"), lists))
            for (name, digits) in [("same_series_share", 5e-4), ("discovery_ndcg@10", 5e-5)] {
                let expected = try #require((series[name] as? NSNumber)?.doubleValue)
                #expect(abs(try #require(ours[name] as? Double) - expected) <= digits + 1e-9, "\(name)")
            }
        }
    }

    @Test("columns in another order, names, half stars and further columns are read, and bad rows are said")
    func forms() async throws {
        let rig = try Rig()
        var (train, test) = ("extra,movieId,rating,userId\r\n", "rating,userId,movieId\n")
        for user in 0..<20 {
            for item in 0..<12 where (user + item) % 3 != 0 { train += "\"a \"\"b\"\", c\",m\(item),4.5,p\(user)\r\n" }
            test += "5,p\(user),m\((3 - user % 3) % 3)\n"
        }
        try rig.write(train + "x,m1,good,p1\r\nx,m1\r\nx,,3,p1\r\n", "train.csv")
        try rig.write(test, "test.csv")
        let lists = rig.path("lists.csv")
        let result = try await Program("animematcher").run([
            "evaluate", "--train", rig.path("train.csv"), "--test", rig.path("test.csv"), "--write-recommendations",
            lists, "--baselines", "popularity,ease",
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.errors.contains("train.csv: line 162: rating: expected a number, not 'good'"), "\(result.errors)")
        #expect(result.errors.contains("line 163: 2 fields"))
        #expect(result.errors.contains("line 164: item: expected a number or a name"))
        #expect(result.errors.contains("ratings go up to 5: liked is 4 and more"))
        #expect(result.output.contains("EASE") && !result.output.contains("item-kNN"))
        let written = try String(contentsOfFile: lists, encoding: .utf8)
        #expect(written.hasPrefix("user,item,rank\np0,m"))
    }

    @Test(
        "a mistake is named with its file, its line and what was expected",
        arguments: [
            ("user,rating\n1,5\n", "line 1: expected a header with the columns user,item,rating, not 'user,rating'"),
            ("", "no ratings; expected CSV with a header, user,item,rating"),
            ("user,item,rating\n1,2,x\n", "line 2: rating: expected a number, not 'x'"),
        ])
    func mistakes(text: String, message: String) async throws {
        let rig = try Rig()
        try rig.write(text, "bad.csv")
        let result = try await Program("animematcher").run([
            "evaluate", "--train", rig.path("bad.csv"), "--test", rig.path("ratings.csv"),
        ])
        #expect(result.status == 1)
        #expect(result.errors.contains("bad.csv: \(message)"), "\(result.errors)")
        let unknown = try await Program("animematcher").run([
            "evaluate", "--train", "a", "--test", "b", "--baselines", "magic",
        ])
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("expected all, none, or some of popularity, "))
    }
}

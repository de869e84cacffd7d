import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ExportCommandTests {
    @Test("JSON lines and BSON hold what PyMongo reads from the collections, whatever they are compressed with")
    func documents() async throws {
        try await ExportRig.with { export in
            for what in ["anime", "entries", "reviews", "users", "changes"] {
                for ending in ["jsonl", "jsonl.gz", "jsonl.zst", "bson"] {
                    try await export.export(what, "\(what).\(ending)")
                }
            }
            let output = try await export.python(
                """
                import gzip, json, bson, bson.json_util, datetime, pymongo, io, zstandard
                database = pymongo.MongoClient(os.environ["MONGODB_URI"])[os.environ["ANIMEMATCHER_DATABASE"]]
                def plain(value):
                    if isinstance(value, datetime.datetime):
                        return value.isoformat(timespec="milliseconds") + "Z"
                    if isinstance(value, dict): return {key: plain(item) for key, item in value.items()}
                    if isinstance(value, list): return [plain(item) for item in value]
                    return value
                for what in ["anime", "entries", "reviews", "users", "changes"]:
                    stored = list(database[what].find().sort("_id", 1))
                    assert stored
                    assert list(bson.decode_file_iter(open(what + ".bson", "rb"))) == stored
                    lines = open(what + ".jsonl", "rb").read()
                    assert [json.loads(line) for line in lines.splitlines()] == [plain(document) for document in stored], what
                    assert gzip.open(what + ".jsonl.gz").read() == lines
                    assert zstandard.ZstdDecompressor().stream_reader(open(what + ".jsonl.zst", "rb")).read() == lines
                    definition = bson.json_util.loads(open(what + ".metadata.json").read())
                    assert definition["collectionName"] == what and definition["options"]["validator"]["$jsonSchema"]
                    assert {index["name"] for index in definition["indexes"]} == set(database[what].index_information())
                    summary = json.load(open(what + ".jsonl.export.json"))
                    assert summary["documents"] == len(stored) and summary["moments"] == 1, summary
                    assert summary["until"] == database.counters.find_one({"_id": "changes"})["value"]
                assert not [name for name in os.listdir(".") if name.endswith(".part")]
                print("ok")
                """)
            if let output { #expect(output == "ok\n") }
        }
    }

    @Test("tables hold the same, each cell as docs/export.md says")
    func tables() async throws {
        try await ExportRig.with { export in
            let users = export.rig.temporary.client.database(export.rig.temporary.name).collection("users")
            try await users.updateOne(["_id": .string(try await key(users))], ["$set": ["name": "=cmd|' /C calc'!A0"]])
            for what in ["entries", "users", "ratings"] { try await export.export(what, "\(what).csv") }
            try await export.export("ratings", "demo.csv", "--site", "demo")
            let output = try await export.python(
                """
                import csv, json, re, pymongo
                database = pymongo.MongoClient(os.environ["MONGODB_URI"])[os.environ["ANIMEMATCHER_DATABASE"]]
                def text(cell): return cell[1:] if cell.startswith("'") else cell
                def joined(cell):
                    if cell == "": return []
                    return [part.replace("\\\\|", "|").replace("\\\\\\\\", "\\\\") for part in re.split(r"(?<!\\\\)\\|", text(cell))]
                def rows(name): return list(csv.DictReader(open(name, newline="", encoding="utf-8")))
                stored = list(database.entries.find().sort("_id", 1))
                for row, entry in zip(rows("entries.csv"), stored, strict=True):
                    assert text(row["title"]) == entry["title"] and int(row["id"]) == entry["id"]
                    assert joined(row["genres"]) == entry["genres"] and joined(row["openings"]) == entry["openings"]
                    assert (float(row["score"]) if row["score"] else None) == entry["score"]
                    assert row["adult"] == str(entry["adult"]).lower()
                    assert text(row["aired_from"]) == ((entry["aired"] or {}).get("from") or "")
                    assert json.loads(row["related"]) == entry["related"]
                people = list(database.users.find().sort("_id", 1))
                expected = [(p["_id"], p["name"], r["entry_id"], r["score"]) for p in people for r in p["list"]]
                found = [(r["user"], text(r["name"]), r["entry_id"], int(r["score"])) for r in rows("users.csv") if r["entry_id"]]
                assert found == expected
                assert any(name.startswith("=cmd") for _, name, _, _ in found)
                assert ",=cmd" not in open("users.csv").read() and "\\"'=cmd|" in open("users.csv").read()
                rated = [(user, entry, score) for user, _, entry, score in expected if score > 0]
                assert [(text(r["user"]), r["item"], int(r["rating"])) for r in rows("ratings.csv")] == rated and rated
                own = [(user.removeprefix("demo:"), entry.removeprefix("demo:"), score) for user, entry, score in rated]
                assert [(text(r["user"]), r["item"], int(r["rating"])) for r in rows("demo.csv")] == own
                print("ok")
                """)
            if let output { #expect(output == "ok\n") }
        }
    }

    private func key(_ users: MongoCollection) async throws -> String {
        try #require(try await users.findOne(["list.score": ["$gt": 0]])?["_id"]?.stringValue)
    }

    @Test("scipy reads both matrices as the ratings that are stored, rows and columns as the files of keys say")
    func matrices() async throws {
        try await ExportRig.with { export in
            for ending in ["npz", "mtx", "mtx.gz"] {
                try await export.export("ratings", "ratings.\(ending)", "--force")
            }
            let output = try await export.python(
                """
                import pymongo, scipy.sparse, scipy.io, numpy
                database = pymongo.MongoClient(os.environ["MONGODB_URI"])[os.environ["ANIMEMATCHER_DATABASE"]]
                expected = {(p["_id"], r["entry_id"]): r["score"] for p in database.users.find() for r in p["list"] if r["score"] > 0}
                users = open("ratings.users.txt").read().splitlines()
                items = open("ratings.items.txt").read().splitlines()
                assert users == sorted({user for user, _ in expected}) and items == sorted({item for _, item in expected})
                def check(matrix):
                    assert matrix.shape == (len(users), len(items)) and matrix.nnz == len(expected)
                    matrix = matrix.tocoo()
                    assert {(users[r], items[c]): v for r, c, v in zip(matrix.row, matrix.col, matrix.data)} == expected
                matrix = scipy.sparse.load_npz("ratings.npz")
                assert matrix.format == "csr" and matrix.dtype == numpy.float32
                matrix.check_format(full_check=True)
                check(matrix)
                check(scipy.io.mmread("ratings.mtx"))
                check(scipy.io.mmread("ratings.mtx.gz"))
                print("ok")
                """)
            if let output { #expect(output == "ok\n") }
        }
    }

    /// The documents of an export by key, with another one laid over them, as docs/export.md says.
    private func merged(_ files: [String]) throws -> [String: String] {
        var documents: [String: String] = [:]
        for file in files {
            for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
                let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                let key = try #require(object["_id"] as? String)
                documents[key] = object["deleted"] as? Bool == true ? nil : String(line)
            }
        }
        return documents
    }

    @Test("an export with what changed since it is what a later export of everything is, deletions too")
    func sinceAChange() async throws {
        try await ExportRig.with { export in
            for what in ["entries", "users", "anime"] { try await export.export(what, "\(what).1.jsonl") }
            try await export.export("ratings", "ratings.1.csv")
            let file = export.path("more.jsonl")
            try #"{"mal_id": 900001, "title": "Lanterns", "type": "TV", "url": "http://a.example/1"}"#
                .write(toFile: file, atomically: true, encoding: .utf8)
            let imported = try await export.rig.animematcher("import", "entries", file, "--site", "demo")
            #expect(imported.status == 0, "\(imported.errors)")
            let gone = try await export.forgetSomebody()

            for what in ["entries", "users", "anime"] {
                let summary = try await export.export(
                    what, "\(what).2.jsonl", "--since", export.path("\(what).1.jsonl"))
                #expect((summary["deleted"] as? Int) == (what == "users" ? 1 : 0))
                #expect((summary["documents"] as? Int) == (what == "users" ? 0 : 1))
                try await export.export(what, "\(what).jsonl")
                let whole = try merged([export.path("\(what).jsonl")])
                #expect(try merged([export.path("\(what).1.jsonl"), export.path("\(what).2.jsonl")]) == whole)
                #expect(try merged([export.path("\(what).1.jsonl")]) != whole)
            }
            try await export.export("ratings", "ratings.2.csv", "--since", export.path("ratings.1.csv"))
            let rows = try String(contentsOfFile: export.path("ratings.2.csv"), encoding: .utf8)
            #expect(rows == "user,item,rating\n\(gone),,\n")
            let nothing = try await export.export("entries", "nothing.jsonl", "--since", export.path("entries.jsonl"))
            #expect((nothing["documents"] as? Int) == 0 && (nothing["since"] as? Int) == (nothing["until"] as? Int))
        }
    }

    @Test("a file that is there stays unless it may be replaced; forms that do not fit are told")
    func refusals() async throws {
        try await ExportRig.with(anime: 4, users: 2) { export in
            try await export.export("entries", "entries.jsonl")
            let file = export.path("entries.jsonl")
            let before = try String(contentsOfFile: file, encoding: .utf8)
            let again = try await export.rig.animematcher("export", "entries", file)
            #expect(again.status == 1 && again.errors.contains("--force"))
            #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
            try await export.export("entries", "entries.jsonl", "--force")
            let output = try await export.rig.animematcher("export", "entries", "--json")
            #expect(output.output == before && output.errors.contains("\"until\""))
            for arguments in [
                ["entries", export.path("a.npz")], ["entries", export.path("a.txt")],
                ["ratings", "-", "--format", "npz"],
                ["anime", "-", "--site", "demo"], ["entries", export.path("a.bson"), "--since", "1"],
            ] {
                let result = try await export.rig.animematcher(["export"] + arguments)
                #expect(result.status == 64, "\(arguments): \(result.errors)")
            }
            for since in ["999999", export.path("no.jsonl")] {
                let result = try await export.rig.animematcher(
                    "export", "entries", export.path("b.jsonl"), "--since", since)
                #expect(result.status == 1 && result.errors.contains("expected"), "\(result.errors)")
            }
            let other = try await export.rig.animematcher(
                "export", "users", export.path("b.jsonl"), "--since", export.path("entries.jsonl"))
            #expect(other.status == 1 && other.errors.contains("is an export of entries"), "\(other.errors)")
            #expect(other.errors.contains("expected one of users"))
            let site = try await export.rig.animematcher("export", "users", export.path("b.jsonl"), "--site", "dmo")
            #expect(site.status == 1 && site.errors.contains("there is no such spider"), "\(site.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: export.folder.path).sorted()
            #expect(names == ["entries.jsonl", "entries.jsonl.export.json"])
        }
    }

    @Test("the folder that a file is to be in is made; one that cannot be is told")
    func folder() async throws {
        try await ExportRig.with(anime: 2, users: 1) { export in
            try await export.export("anime", "dump/of/today/anime.bson")
            let names = try FileManager.default.contentsOfDirectory(atPath: export.path("dump/of/today")).sorted()
            #expect(names == ["anime.bson", "anime.bson.export.json", "anime.metadata.json"])
            let file = export.path("dump/of/today/anime.bson/entries.jsonl")
            let result = try await export.rig.animematcher("export", "entries", file)
            #expect(result.status == 1 && result.errors.contains("its folder cannot be made"), "\(result.errors)")
        }
    }
}

import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ImportFormatsTests {
    @Test(
        "a data set in two files: what the second does not have stays; the same files again change nothing and say so")
    func twoFiles() async throws {
        try await ImportRig.with { rig in
            let anime = try rig.file(
                "anime.csv",
                "anime_id,name,genre,type,episodes,rating,members\n7,Star &amp; Ferry,Space,TV,12,8.5,100\n")
            let synopses = try rig.file(
                "synopsis.csv", "MAL_ID,Name,Score,Genres,sypnopsis\n7,Star & Ferry,8.5,Space,\"A ferry, twice.\"\n")
            #expect(
                try await rig.run("entries", anime).output.hasPrefix(
                    "entries: 1 new, 0 changed, 0 unchanged, 0 left out\n"))
            #expect(try await rig.run("entries", synopses).output.hasPrefix("entries: 0 new, 1 changed"))
            let entry = try #require(try await rig.entry("myanimelist:7"))
            #expect(entry["episodes"] == 12)
            #expect(entry["synopsis"] == "A ferry, twice.")
            let changes = try await rig.temporary.database.changes.newest()
            for file in [anime, synopses] {
                let again = try await rig.run("entries", file)
                #expect(again.status == 0)
                #expect(again.output.contains("nothing changed: the file says what is stored, and was imported before"))
            }
            #expect(try await rig.temporary.database.changes.newest() == changes)
        }
    }

    @Test("compressed files and standard input are read as they are")
    func compressed() async throws {
        try await ImportRig.with { rig in
            let lines = ImportSamples.entries(40)
            let file = try rig.file("entries.jsonl.gz", GzipFile.stored(Array(lines.utf8)))
            #expect(try await rig.run("entries", file).output.hasPrefix("entries: 40 new"))
            let piped = try await rig.run("entries", "-", "--json", input: Data(ImportSamples.entries(41).utf8))
            #expect(piped.object["inserted"] as? Int == 1)
            #expect(piped.object["unchanged"] as? Int == 40)
            #expect(piped.object["anime"] as? Int == 41)
            let cut = try rig.file("cut.gz", Array(GzipFile.stored(Array(lines.utf8)).dropLast(20)))
            let result = try await rig.run("entries", cut)
            #expect(result.status == 1)
            #expect(result.errors.contains("broken or ends early"))
        }
    }

    @Test("anime-offline-database: other sites' entries are one anime with it, relations join nothing")
    func offlineDatabase() async throws {
        try await ImportRig.with { rig in
            let file = try rig.file(
                "anime-offline-database.json",
                """
                {"license": {}, "data": [
                {"sources": ["https://anidb.net/anime/5", "https://myanimelist.net/anime/7"], "title": "Star Ferry", "type": "TV", "episodes": 12, "status": "FINISHED", "animeSeason": {"season": "FALL", "year": 2004}, "synonyms": ["SF"], "relatedAnime": ["https://myanimelist.net/anime/8"], "tags": ["space"]},
                {"sources": ["https://myanimelist.net/anime/8"], "title": "Far Dog", "type": "TV", "relatedAnime": ["https://myanimelist.net/anime/7"]}
                ]}
                """)
            let result = try await rig.run("entries", file, "--every-site")
            #expect(
                result.output == "entries: 3 new, 0 changed, 0 unchanged, 0 left out\n3 entries make 2 anime\n",
                "\(result.errors)")
        }
    }

    @Test("a list as XML is stored under the hash of the name that crawls would use")
    func list() async throws {
        try await ImportRig.with { rig in
            let xml =
                "<?xml version=\"1.0\"?><myanimelist><myinfo><user_name>Mira</user_name></myinfo><anime><series_animedb_id>7</series_animedb_id><series_title><![CDATA[Star]]></series_title><my_score>9</my_score><my_status>Completed</my_status></anime></myanimelist>"
            let file = try rig.file("list.xml.gz", GzipFile.stored(Array(xml.utf8)))
            let result = try await rig.run("list", file, "--json")
            #expect(result.status == 0, "\(result.errors)")
            let key = try #require(result.object["user"] as? String)
            #expect(key.wholeMatch(of: /myanimelist:[0-9a-f]{32}/) != nil)
            #expect(try await rig.user(key)?["list"]?[0]?["score"] == 9)
            #expect(try await rig.program().run(["index", "build"]).status == 0)
            for typed in ["mira", "MyAnimeList:Mira".lowercased(), key] {
                let found = try await rig.program().run(["recommend", typed])
                #expect(found.output == "nothing to recommend for \(key)\n", "\(found.errors)")
            }
            let unknown = try await rig.program(["ANIMEMATCHER_USER_KEY": ""]).run(["recommend", "mira"])
            #expect(unknown.status == 1 && unknown.errors.contains("need ANIMEMATCHER_USER_KEY"), "\(unknown.errors)")
            // Nobody is told that a person is forgotten whom nobody could have found.
            let blind = try await rig.program(["ANIMEMATCHER_USER_KEY": ""]).run(["forget", "mira"])
            #expect(blind.status == 1 && blind.errors.contains("myanimelist: people's names are stored hashed"))
            #expect(try await rig.user(key) != nil)
            #expect(try await rig.run("list", file, "--user", "MIRA", "--json").object["user"] as? String == key)
            let bare = try await rig.program(["ANIMEMATCHER_USER_KEY": ""]).run(["import", "list", file])
            #expect(bare.status == 1)
            #expect(bare.errors.contains("ANIMEMATCHER_USER_KEY"))
            let bomb = try rig.file("bomb.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><myanimelist>&a;</myanimelist>")
            #expect(
                try await rig.run("list", bomb, "--user", "x").errors.contains(
                    "line 1: a document type, which is refused"))
        }
    }

    @Test("documents that were read out of one database are the same in another")
    func ownDocuments() async throws {
        try await ImportRig.with { rig in
            let entries = try rig.file("entries.jsonl", ImportSamples.entries(3))
            _ = try await rig.run("entries", entries)
            _ = try await rig.run("ratings", try rig.file("r.csv", "user,item,rating\n1,2,8\n"))
            let before = try await CanonicalDump(of: rig.temporary)
            var documents: [String: String] = [:]
            for key in 1...3 {
                let entry = try #require(try await rig.entry("myanimelist:\(key)"))
                documents["entries", default: ""] += JSONValue.object(entry).serialized() + "\n"
            }
            documents["users"] = JSONValue.object(try #require(try await rig.user("myanimelist:1"))).serialized() + "\n"
            try await ImportRig.with { other in
                for (kind, lines) in documents {
                    let result = try await other.run(kind, try other.file("\(kind).jsonl", lines))
                    #expect(result.status == 0, "\(result.errors)")
                }
                let after = try await CanonicalDump(of: other.temporary)
                for section in ["entries", "users"] { #expect(after.sections[section] == before.sections[section]) }
            }
        }
    }

    @Test(
        "what is left out is written down with reason, line and row; only where there is any, and where it was asked for"
    )
    func rejects() async throws {
        try await ImportRig.with { rig in
            let file = try rig.file("ratings.csv", "user,item,rating\n1,2,8\n1,\"x,\"\"y\",3\n1,3,11\n2,2\n")
            let result = try await rig.run("ratings", file)
            #expect(result.status == 0)
            #expect(result.output == "users: 1 new, 0 changed, 0 unchanged, 3 left out\n")
            let rejects = try #require(rig.text("ratings.csv.rejected.csv"))
            #expect(rejects.hasPrefix("reason,line,row\n\"item: expected a positive number"))
            #expect(rejects.contains(",3,\"1,\"\"x,\"\"\"\"y\"\",3\"\n"))
            #expect(rejects.hasSuffix("\"2 fields; expected 3 as in the header\",5,\"2,2\"\n"))

            let lines = try rig.file("e.jsonl", "{\"mal_id\":1,\"title\":\"A\"}\nno\n")
            let path = rig.folder.appendingPathComponent("elsewhere.jsonl").path
            #expect(try await rig.run("entries", lines, "--rejects", path).status == 0)
            #expect(rig.text("elsewhere.jsonl")?.contains("\"line\":2,\"row\":\"no\"") == true)
            #expect(!rig.files.contains("e.jsonl.rejected.jsonl"))
            _ = try await rig.run("ratings", try rig.file("good.csv", "user,item,rating\n1,2,8\n"))
            #expect(!rig.files.contains { $0.hasPrefix("good.csv.") })
        }
    }

    @Test("a file of which nothing can be imported is a failure; another file than was meant ends early")
    func nothing() async throws {
        try await ImportRig.with { rig in
            let wrong = try await rig.run(
                "entries",
                try rig.file("r.csv", "user_id,anime_id,rating\n" + String(repeating: "1,2,3\n", count: 300_000)))
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("use: animematcher import ratings FILE"))
            #expect(wrong.errors.contains("records were all left out"))
            #expect((rig.text("r.csv.rejected.csv")?.utf8.count ?? 0) < 10 << 20)
            for (name, text) in [("empty.csv", ""), ("bad.csv", "mal_id,title\nx,y\n")] {
                let result = try await rig.run("entries", try rig.file(name, text))
                #expect(result.status == 1)
                #expect(result.errors.contains("nothing could be imported"))
            }
            let header = try await rig.run("ratings", try rig.file("h.csv", "a,b\n1,2\n"))
            #expect(header.status == 1)
            #expect(header.errors.contains("line 1: expected a header with user, item and rating"))
            for kind in ["entries", "reviews"] {
                let result = try await rig.run(kind, try rig.file("h2.csv", "a,b\n1,2\n"))
                #expect(result.status == 1)
                #expect(result.errors.contains("h2.csv: line 1: expected a header with "), "\(result.errors)")
                #expect(result.errors.contains("not 'a,b'") && !result.errors.contains("line 2"), "\(result.errors)")
            }
            #expect(try await rig.run("ratings", rig.folder.path).errors.contains("cannot be read"))
            let zip = try await rig.run("entries", try rig.file("archive.zip", [0x50, 0x4B, 3, 4, 0, 0]))
            #expect(zip.errors.contains("is a zip archive"))
        }
    }

    @Test("a dry run reports, writes nothing and needs no database")
    func dryRun() async throws {
        try await ImportRig.with { rig in
            let file = try rig.file("r.csv", "user,item,rating\n1,2,8\n1,x,3\n")
            let program = rig.program(["MONGODB_URI": "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300"])
            let result = try await program.run(["import", "ratings", file, "--dry-run"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output == "users: 1 could be imported, 1 would be left out; nothing was written\n")
            #expect(rig.files == ["r.csv"])
        }
    }

    @Test("bombs end with the limit named, in little memory")
    func bombs() async throws {
        try await ImportRig.with { rig in
            let zeros = try rig.file("zeros.csv.gz", GzipFile.zeros(1 << 30))
            let result = try await rig.run("entries", zeros)
            #expect(result.status == 1)
            #expect(result.errors.contains("more than 200 times its size"), "\(result.errors)")
            let deep = try rig.file(
                "deep.json",
                "[{\"mal_id\":1,\"title\":\"A\",\"x\":" + String(repeating: "[", count: 1_000_000)
                    + String(repeating: "]", count: 1_000_000) + "},{\"mal_id\":2,\"title\":\"B\"}]")
            let nested = try await rig.run("entries", deep)
            #expect(nested.output.hasPrefix("entries: 1 new, 0 changed, 0 unchanged, 1 left out"))
            #expect(nested.errors.contains("nested more than 64 deep"))
        }
    }
}

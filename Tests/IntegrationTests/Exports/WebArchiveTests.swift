import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct WebArchiveTests {
    @Test(
        "warcio reads and checks an archive of the pages, and an import into an empty database lets reparse read the same items"
    )
    func roundTrip() async throws {
        try await ExportRig.with { export in
            let database = export.rig.temporary.client.database(export.rig.temporary.name)
            // The same page under two more URLs.
            let first = try #require(try await database.collection("pages").findOne(["page": "anime"]))
            for (name, url) in [("copy1", "anime/9001"), ("copy2", "anime/9002")] {
                try await database.collection("pages").insert(
                    first.merging(["_id": .string(name), "url": .string("\(export.rig.origin)/\(url)")]))
            }
            let pruned = try await export.rig.animematcher("pages", "prune", "demo", "--json")
            #expect((pruned.object["folded"] as? Int) == 3, "\(pruned.errors)")
            let summary = try await export.export("pages", "pages.warc.gz")
            #expect((summary["referring"] as? Int) == 2)
            try await export.export("pages", "pages.warc")
            let output = try await export.python(
                """
                import gzip, pymongo, subprocess, sys
                from warcio.archiveiterator import ArchiveIterator
                database = pymongo.MongoClient(os.environ["MONGODB_URI"])[os.environ["ANIMEMATCHER_DATABASE"]]
                stored = {page["url"]: page for page in database.pages.find()}
                for name in ["pages.warc.gz", "pages.warc"]:
                    check = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", name], capture_output=True, text=True)
                    assert check.returncode == 0 and "digest pass" in check.stdout and "fail" not in check.stdout, check.stdout
                    kinds, seen, ids = {}, set(), {}
                    for record in ArchiveIterator(open(name, "rb"), check_digests="raise"):
                        kind = record.rec_type
                        kinds[kind] = kinds.get(kind, 0) + 1
                        if kind == "warcinfo": continue
                        url = record.rec_headers.get_header("WARC-Target-URI")
                        seen.add(url)
                        assert record.http_headers.get_statuscode() == "200"
                        payload = record.content_stream().read()
                        if kind == "response":
                            assert len(payload) == stored[url]["length"], url
                            ids[record.rec_headers.get_header("WARC-Record-ID")] = url
                        else:
                            assert payload == b"" and ids[record.rec_headers.get_header("WARC-Refers-To")] \\
                                == record.rec_headers.get_header("WARC-Refers-To-Target-URI")
                    assert kinds == {"warcinfo": 1, "response": len(stored) - 2, "revisit": 2}, kinds
                    assert seen == set(stored)
                # One member for each record.
                members = open("pages.warc.gz", "rb").read().count(b"\\x1f\\x8b\\x08\\x00")
                assert members >= len(stored) + 1
                assert gzip.open("pages.warc.gz").read().count(b"WARC/1.1\\r\\n") == len(stored) + 1
                print("ok")
                """)
            if let output { #expect(output == "ok\n") }
            try await comparesAfterImport(export)
        }
    }

    /// Imports the archive where nothing is, reads the pages again, and compares what came of it.
    private func comparesAfterImport(_ export: ExportRig) async throws {
        for what in ["entries", "users"] { try await export.export(what, "\(what).before.jsonl") }
        try await TemporaryDatabase.with { empty in
            let program = Program(
                "animematcher", environment: ["MONGODB_URI": empty.uri, "ANIMEMATCHER_DATABASE": empty.name])
            let imported = try await program.run(["import", "pages", export.path("pages.warc.gz"), "--json"])
            #expect(imported.status == 0, "\(imported.errors)")
            let pages = try await export.rig.database.pages.status()[0]
            #expect((imported.object["stored"] as? Int) == pages.pages && (imported.object["lost"] as? Int) == 0)
            try await export.export("pages", "pages.warc.zst")
            for name in ["pages.warc", "pages.warc.zst"] {
                let again = try await program.run(["import", "pages", export.path(name), "--json"])
                #expect((again.object["stored"] as? Int) == 0 && (again.object["older"] as? Int) == pages.pages)
            }
            #expect((try await program.run(["reparse", "demo"])).status == 0)
            for what in ["entries", "users"] {
                let file = export.path("\(what).after.jsonl")
                #expect((try await program.run(["export", what, file])).status == 0)
                func keys(_ path: String) throws -> [String] {
                    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
                        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                        return object.map { "\($0["_id"] ?? "") \($0["content_hash"] ?? "")" }
                    }
                }
                #expect(try keys(file) == keys(export.path("\(what).before.jsonl")))
                #expect(try !keys(file).isEmpty)
            }
        }
    }

    @Test(
        "archives that warcio wrote are read: chunked, compressed in other ways, with requests and strangers among them"
    )
    func foreign() async throws {
        try await ExportRig.with(anime: 4, users: 2) { export in
            let output = try await export.python(
                """
                import gzip, io, zlib
                from warcio.warcwriter import WARCWriter
                from warcio.statusandheaders import StatusAndHeaders
                page = b"<html><body>" + b"a page of some length. " * 50 + b"</body></html>"
                def chunked(data): return b"%x\\r\\n" % len(data) + data + b"\\r\\n0\\r\\n\\r\\n"
                for name, zipped in [("foreign.warc.gz", True), ("foreign.warc", False)]:
                    with open(name, "wb") as output:
                        writer = WARCWriter(output, gzip=zipped)
                        writer.write_record(writer.create_warcinfo_record(name, {"software": "test"}))
                        def answer(path, body, *headers, status="200 OK", host="http://127.0.0.1:1"):
                            head = StatusAndHeaders(status, [("Content-Type", "text/html")] + list(headers), protocol="HTTP/1.1")
                            writer.write_record(writer.create_warc_record(host + path, "response", payload=io.BytesIO(body), http_headers=head))
                        answer("/anime/1/", page)
                        answer("/anime/2/", chunked(page), ("Transfer-Encoding", "chunked"))
                        answer("/anime/3/", gzip.compress(page), ("Content-Encoding", "gzip"))
                        answer("/anime/4/", chunked(zlib.compress(page)), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "deflate"))
                        answer("/anime/5/", b"", status="404 Not Found")
                        answer("/anime/6/", b"\\x1f\\x8b\\x08broken", ("Content-Encoding", "gzip"))
                        answer("/", page, host="http://stranger.example")
                        head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a")], is_http_request=True)
                        writer.write_record(writer.create_warc_record("http://127.0.0.1:1/anime/1/", "request", http_headers=head))
                        writer.write_record(writer.create_revisit_record(
                            "http://127.0.0.1:1/anime/7/", digest="sha1:NOSUCHDIGEST", refers_to_uri="http://127.0.0.1:1/x",
                            refers_to_date="2020-01-01T00:00:00Z", http_headers=StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")))
                print("ok")
                """)
            guard output != nil else { return }
            let bodies = export.rig.temporary.client.database(export.rig.temporary.name).collection("pages")
            for file in ["foreign.warc.gz", "foreign.warc"] {
                try await bodies.deleteMany([:])
                let result = try await export.rig.animematcher(
                    "import", "pages", export.path(file), "--json", "--site", "demo")
                #expect(result.status == 0, "\(result.errors)")
                let counts = result.object
                #expect((counts["stored"] as? Int) == 4 && (counts["no_spider"] as? Int) == 1, "\(result.output)")
                #expect((counts["other_status"] as? Int) == 1 && (counts["broken"] as? Int) == 1)
                #expect((counts["lost"] as? Int) == 1 && (counts["not_an_answer"] as? Int) == 2)
                var lengths: Set<Int> = []
                _ = try await export.rig.database.pages.forEach(site: "demo") { lengths.insert($0.length) }
                #expect(lengths == [1_176])
            }
            let broken = try await export.rig.animematcher("import", "pages", export.path("no.warc"))
            #expect(broken.status == 1 && broken.errors.contains("expected"))
            try Data("<html>".utf8).write(to: export.folder.appendingPathComponent("page.html"))
            let other = try await export.rig.animematcher("import", "pages", export.path("page.html"))
            #expect(other.status == 1 && other.errors.contains("WARC/"))
        }
    }
}

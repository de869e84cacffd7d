import CrawlDomain
import DemoSite
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ServeAPITests {
    private typealias Question = ServeRig.Question

    private func ask(_ rig: ServeRig, _ questions: [Question]) async throws -> [[String: Any]]? {
        try await rig.ask(questions)
    }

    @Test("a foreign reader of the API's description finds no answer that differs from it, with a token and without")
    func described() async throws {
        try await ServeRig.with { rig in
            // So that no operation has nothing to answer yet.
            #expect(try await rig.rig.animematcher("map", "--publish").status == 0)
            try await eventually("the map is loaded") {
                try await PageVisitor(rig.origin).get("/api/v1/map").status == 200
            }
            let script = """
                import subprocess, sys, tempfile
                run = [sys.executable.replace("python3", "schemathesis"), "run", sys.argv[1] + "/api/v1/openapi.json", "--no-color",
                    "--max-examples", "4", "--generation-deterministic"]
                for more in ([], ["-H", "Authorization: Bearer " + sys.argv[2]]):
                    done = subprocess.run(run + more, capture_output=True, text=True, cwd=tempfile.gettempdir())
                    print(done.returncode, done.stdout[-6000:] if done.returncode else "")
                """
            guard let output = try await ForeignPython.run(script, [rig.origin, rig.token]) else { return }
            #expect(
                output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == ["0", "0"], "\(output)"
            )
        }
    }

    @Test("only known hosts are answered, and nothing is changed for other sites' pages or without the token")
    func guarded() async throws {
        try await ServeRig.with(configuration: "hosts: [anime.example.org], ") { rig in
            let (pause, own) = ("/api/v1/sites/demo/pause", ["Authorization": "Bearer \(rig.token)"])
            let questions: [Question] = [
                ("GET", "/api/v1/index", ["Host": "evil.example.net"], ""),
                ("GET", "/api/v1/index", ["Host": "anime.example.org:443"], ""),
                ("POST", pause, [:], ""),
                ("POST", pause, ["Authorization": "Bearer \(rig.token)x"], ""),
                ("POST", pause, own.merging(["Origin": "http://evil.example.net"]) { $1 }, ""),
                ("POST", pause, own.merging(["Origin": "null"]) { $1 }, ""),
                ("POST", pause, own.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }, ""),
                ("POST", pause, own, String(repeating: " ", count: 70_000)),
                ("POST", pause, own, "{\"reason\": 7}"),
                ("POST", pause, own.merging(["Origin": rig.origin]) { $1 }, "{\"reason\": \"mine\"}"),
                ("GET", "/api/v1/sites/demo", [:], ""),
                ("POST", "/api/v1/sites/demo/resume", own, ""),
            ]
            guard let answers = try await ask(rig, questions) else { return }
            #expect(
                answers.map { $0["status"] as? Int } == [421, 200, 401, 401, 403, 403, 403, 413, 400, 200, 200, 200])
            let site = answers[10]["body"] as? String ?? ""
            #expect(site.contains("\"reason\":\"mine\""), "\(site)")
            #expect(!rig.serve.errors.contains(rig.token))
        }
    }

    @Test(
        "a page, or all of a kind, is made due again; what is no page of the site, and parameters in a body, are refused"
    )
    func recrawled() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            let (path, own) = ("/api/v1/sites/demo/recrawl", ["Authorization": "Bearer \(rig.token)"])
            let visited = try await rig.rig.database.frontier.list(site: "demo", state: .done, limit: 50)
            let page = try #require(visited.map(\.url).first { $0.contains("/anime/") })
            func one(_ url: String) -> Question {
                (
                    "POST", "\(path)-url?url=\(url.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")",
                    own, ""
                )
            }
            let questions: [Question] = [
                ("POST", "\(path)?page=anime", own, ""), one(page), one("https://example.org/"), one("--whole"),
                ("POST", path, own, ""), ("POST", "\(path)-url", own, ""), ("POST", path, own, "{\"page\": \"anime\"}"),
                ("POST", "\(path)?page=film", own, ""),
            ]
            guard let answers = try await ask(rig, questions) else { return }
            #expect(answers.map { $0["status"] as? Int } == [200, 200, 404, 404, 400, 400, 400, 404], "\(answers)")
            let said = answers.map { $0["body"] as? String ?? "" }
            #expect(said[0].contains("pages are due again") && !said[0].contains("\"0 pages"), "\(said[0])")
            #expect(said[1].contains("\(page) is due now"), "\(said[1])")
            #expect(said[6].contains("there is a body; expected none"), "\(said[6])")
            #expect(said[7].contains("the spider of demo has no page kind 'film'; it has "), "\(said[7])")
        }
    }

    @Test("a crawl that the operator has not allowed does not begin, and whoever asks is told what to add")
    func notAllowed() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            let spider = """
                site: example
                hosts: [anime.example]
                terms: {url: "https://anime.example/terms"}
                start: ["https://anime.example/top"]
                pages: {top: {url: /top, links: [a]}}
                """
            func write(_ text: String) throws {
                try Data(text.utf8).write(to: rig.home.spider("example"))
            }
            try write(spider)
            let question: Question = (
                "POST", "/api/v1/sites/example/crawl", ["Authorization": "Bearer \(rig.token)"], ""
            )
            guard let refused = try await ask(rig, [question])?.first else { return }
            #expect(refused["status"] as? Int == 409)
            let said = refused["body"] as? String ?? ""
            #expect(said.contains("contact: mailto:") && said.contains("acknowledged_terms"), "\(said)")
            let own = ["Authorization": "Bearer \(rig.token)"]
            let paused: [Question] = [
                ("POST", "/api/v1/sites/demo/pause", own, "{\"reason\": \"moved\"}"),
                ("POST", "/api/v1/sites/demo/crawl", own, ""),
            ]
            guard let answer = try await ask(rig, paused)?.last else { return }
            #expect(answer["status"] as? Int == 409)
            #expect((answer["body"] as? String ?? "").contains("(moved); resume it first"), "\(answer)")
            try write("site: example\nhosts: 7\n")
            guard let broken = try await ask(rig, [question])?.first else { return }
            #expect(broken["status"] as? Int == 409)
            let mistake = broken["body"] as? String ?? ""
            #expect(mistake.contains("example.yaml:1:1: the key 'pages' is missing"), "\(mistake)")
            #expect(try await rig.rig.database.runs.running(site: "example").isEmpty)
        }
    }

    @Test(
        "what the client has is not sent again, long answers are compressed, and unknown ways are told from unknown addresses"
    )
    func saved() async throws {
        try await ServeRig.with { rig in
            guard let first = try await ask(rig, [("GET", "/api/v1/topics", [:], "")])?.first else { return }
            let tag = try #require((first["fields"] as? [String: String])?["etag"])
            #expect(tag.hasPrefix("W/\"i1-"))
            let questions: [Question] = [
                ("GET", "/api/v1/topics", ["If-None-Match": "W/\"i1\""], ""),
                ("GET", "/api/v1/openapi.json", ["Accept-Encoding": "br, gzip"], ""),
                ("GET", "/api/v1/openapi.json", ["Accept-Encoding": "gzip;q=0"], ""),
                ("GET", "/api/v1/topics", ["If-None-Match": "W/\"other\", \(tag)"], ""),
                ("HEAD", "/api/v1/topics", [:], ""), ("DELETE", "/api/v1/topics", [:], ""),
                ("GET", "/api/v1/nothing", [:], ""), ("GET", "/api/v1/search?qq=1", [:], ""),
            ]
            guard let answers = try await ask(rig, questions) else { return }
            #expect(answers.map { $0["status"] as? Int } == [200, 200, 200, 304, 200, 405, 404, 400])
            let fields = answers.map { $0["fields"] as? [String: String] ?? [:] }
            #expect(fields[0]["etag"] == tag && fields[0]["content-encoding"] == nil)
            #expect(fields[1]["content-encoding"] == "gzip" && fields[2]["content-encoding"] == nil)
            #expect(fields[5]["allow"] == "GET, HEAD")
            #expect(fields[7]["content-type"] == "application/problem+json")
            #expect((answers[7]["body"] as? String)?.contains("there is no parameter 'qq'; expected q, count") == true)
            #expect(fields.allSatisfy { $0["content-security-policy"]?.contains("default-src 'none'") == true })
            #expect(fields.allSatisfy { $0["x-content-type-options"] == "nosniff" })
            let bytes = { (index: Int) in (answers[index]["body"] as? String ?? "").unicodeScalars.count }
            #expect(bytes(1) < bytes(2) / 2 && bytes(3) == 0 && bytes(4) == 0)
        }
    }

    /// Two requests on one connection; prints the first line of each answer, of which the first may be a head alone.
    private static let pipeline = """
        import socket, sys
        host, port = sys.argv[1].removeprefix("http://").split(":")
        s = socket.create_connection((host, int(port)), timeout=30)
        end = f"HTTP/1.1\\r\\nHost: {host}\\r\\n"
        s.sendall(f"HEAD {sys.argv[2]} {end}\\r\\nGET /healthz {end}Connection: close\\r\\n\\r\\n".encode())
        data = b""
        while part := s.recv(65536): data += part
        for answer in data.split(b"\\r\\n\\r\\n", 1): print(answer.split(b"\\r\\n")[0].decode())
        """

    @Test("the answer to HEAD has no body, also where it is an error: the next one on the connection follows at once")
    func heads() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            for path in ["/api/v1/nothing", "/api/v1/search?qq=1"] {
                guard let output = try await ForeignPython.run(Self.pipeline, [rig.origin, path]) else { return }
                let status = path.hasSuffix("nothing") ? "404 Not Found" : "400 Bad Request"
                #expect(output.split(separator: "\n") == ["HTTP/1.1 \(status)", "HTTP/1.1 200 OK"], "\(output)")
            }
        }
    }

    @Test("runs are found by id, entries by title, changes page by page; and who holds a token forgets a person")
    func lookedUp() async throws {
        try await ServeRig.with { rig in
            let database = rig.rig.database
            let run = try #require(try await database.runs.ended(site: "demo", limit: 1).first?.run.id)
            let title = try #require(try await database.catalogue.titles().first?.titles.first)
            let person = try #require(try await database.users.largestList()?["name"]?.stringValue)
            func escaped(_ text: String) -> String {
                text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            }
            let own = ["Authorization": "Bearer \(rig.token)"]
            let recommendations = "/api/v1/users/\(escaped(person.uppercased()))/recommendations"
            let questions: [Question] = [
                ("GET", "/api/v1/runs/\(run)", [:], ""), ("GET", "/api/v1/runs/none", [:], ""),
                ("GET", "/api/v1/entries/\(escaped(title))", [:], ""), ("GET", "/api/v1/entries/demo%3A1", [:], ""),
                ("GET", "/api/v1/changes?count=2", [:], ""), ("GET", "/api/v1/changes?after=2&count=2", [:], ""),
                ("GET", recommendations, [:], ""), ("DELETE", "/api/v1/people/\(escaped(person))", [:], ""),
                ("DELETE", "/api/v1/people/\(escaped(person))", own, ""), ("GET", recommendations, [:], ""),
            ]
            guard let answers = try await ask(rig, questions) else { return }
            #expect(answers.map { $0["status"] as? Int } == [200, 404, 200, 200, 200, 200, 200, 401, 200, 404])
            let bodies = answers.map { $0["body"] as? String ?? "" }
            #expect(
                bodies[0].contains("\"run\":\"\(run)\"") && bodies[3].contains("\"_id\":\"demo:1\""), "\(bodies[0])")
            #expect(bodies[4].contains("\"next\":2") && bodies[5].contains("\"number\":3"), "\(bodies[4]) \(bodies[5])")
            #expect(try await database.users.users(named: person).isEmpty)
            #expect(try await rig.rig.animematcher("index", "verify").status == 0)
            #expect(!rig.serve.errors.contains(person), "the name is in the log")
        }
    }

    /// Sends heads as they stand, each on a connection of its own; prints the first line of each answer.
    private static let heads = """
        import socket, sys
        host, port = sys.argv[1].removeprefix("http://").split(":")
        for head in sys.argv[2:]:
            s = socket.create_connection((host, int(port)), timeout=30)
            s.sendall(head.replace("ORIGIN", sys.argv[1]).replace("|", "\\r\\n").encode() + b"\\r\\n\\r\\n")
            print(s.recv(65536).split(b"\\r\\n")[0].decode())
        """

    @Test("a request is for one host, whatever it says besides; and who waits to be told to go on is told")
    func oneHost() async throws {
        try await ServeRig.with(anime: 3, users: 3) { rig in
            let asked = [
                ("GET /healthz HTTP/1.1|Host: 127.0.0.1|Host: evil.example", "400 Bad Request"),
                ("GET ORIGIN/healthz HTTP/1.1|Host: 127.0.0.1", "200 OK"),
                ("POST / HTTP/1.1|Host: 127.0.0.1|Content-Length: 6|Expect: 100-continue", "100 Continue"),
            ]
            guard let output = try await ForeignPython.run(Self.heads, [rig.origin] + asked.map(\.0)) else { return }
            #expect(output.split(separator: "\n").map(String.init) == asked.map { "HTTP/1.1 \($0.1)" }, "\(output)")
        }
    }

    @Test("anime are found as they are typed, and recommended to somebody who likes one, with reasons")
    func recommended() async throws {
        try await ServeRig.with { rig in
            guard let listed = try await ask(rig, [("GET", "/api/v1/topics", [:], "")]) else { return }
            let topics = try JSONSerialization.jsonObject(with: Data((listed[0]["body"] as? String ?? "").utf8))
            let first = (topics as? [[String: Any]])?.compactMap { ($0["anime"] as? [[String: Any]])?.first }.first
            let title = try #require(first?["anime"] as? String)
            let escaped = try #require(title.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            let begun = try #require(
                String(title.prefix(4)).addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            let user = try #require(try await rig.rig.database.users.largestList()?["_id"]?.stringValue)
            let name = try #require(user.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            let answers = try #require(
                try await ask(
                    rig,
                    [
                        ("GET", "/api/v1/search?q=\(begun)", [:], ""),
                        ("GET", "/api/v1/recommendations?like=\(escaped)&count=5", [:], ""),
                        ("GET", "/api/v1/users/\(name)/recommendations", [:], ""),
                        ("GET", "/api/v1/recommendations", [:], ""), ("GET", "/api/v1/anime/\(escaped)", [:], ""),
                        ("GET", "/api/v1/recommendations?like=Nobody%20knows", [:], ""),
                        ("GET", "/api/v1/recommendations?like=\(escaped)&dislike=\(escaped)", [:], ""),
                        // To find it by a beginning, all titles would be read.
                        ("GET", "/api/v1/anime/\(begun)", [:], ""), ("GET", "/anime/\(begun)", [:], ""),
                    ]))
            #expect(answers.map { $0["status"] as? Int } == [200, 200, 200, 200, 200, 404, 400, 404, 404])
            let bodies = answers.map {
                Data(($0["body"] as? String ?? "").unicodeScalars.map { UInt8($0.value & 255) })
            }
            let lists = try bodies.prefix(4).map {
                try JSONSerialization.jsonObject(with: $0) as? [[String: Any]] ?? []
            }
            #expect(lists[0].contains { $0["anime"] as? String == title })
            for list in lists[1...] {
                #expect(!list.isEmpty)
                #expect(list.allSatisfy { ($0["reasons"] as? [Any])?.isEmpty == false })
            }
            #expect(!lists[1].contains { $0["anime"] as? String == title })
        }
    }
}

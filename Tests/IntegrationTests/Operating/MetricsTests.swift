import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MetricsTests {
    /// A family as it was read back, by the rules of Prometheus' text format and of its naming practice.
    private struct Family {
        var kind = ""
        var hasHelp = false
        var series: [String: Double] = [:]
    }

    private func get(_ rig: ServeRig, _ path: String) async throws -> (String, HTTPURLResponse) {
        let (data, response) = try await URLSession.shared.data(from: try #require(URL(string: rig.origin + path)))
        return (String(decoding: data, as: UTF8.self), try #require(response as? HTTPURLResponse))
    }

    private func families(_ text: String) throws -> [String: Family] {
        var families: [String: Family] = [:]
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n") {
            if let match = line.wholeMatch(of: /# (HELP|TYPE) ([a-z_]+) (.+)/) {
                let name = String(match.2)
                if match.1 == "HELP" {
                    #expect(families[name] == nil, "\(name) is told of once")
                    families[name, default: Family()].hasHelp = true
                } else {
                    #expect(["counter", "gauge", "histogram"].contains(match.3))
                    families[name]?.kind = String(match.3)
                }
                continue
            }
            let match = try #require(
                line.wholeMatch(of: /([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)*\})? (-?[0-9.e+-]+|\+Inf|NaN)/),
                "\(line)")
            let full = String(match.1)
            let name =
                ["_bucket", "_sum", "_count"].map { full.hasSuffix($0) ? String(full.dropLast($0.count)) : full }
                .first { families[$0]?.kind == "histogram" } ?? full
            let series = full + String(match.2 ?? "")
            #expect(families[name]?.series[series] == nil, "\(series) is there once")
            families[name, default: Family()].series[series] = Double(match.3)
        }
        return families
    }

    @Test("what /metrics tells is what docs/service.md says, in Prometheus' form, and counts what crawls did")
    func exposition() async throws {
        try await ServeRig.with(roles: "http,index") { rig in
            while try await get(rig, "/readyz").1.statusCode != 200 { try await Task.sleep(for: .milliseconds(50)) }
            var text = ""
            // A scrape that MongoDB does not answer within five seconds, as on a machine that does much else, tells of this process alone.
            try await eventually("MongoDB answers a scrape in time") {
                let answer = try await get(rig, "/metrics")
                #expect(answer.1.statusCode == 200, "\(answer.0)")
                text = answer.0
                return text.contains("\nanimematcher_mongodb_up 1\n")
            }
            let families = try families(text)
            for (name, family) in families {
                #expect(family.hasHelp && !family.kind.isEmpty, "\(name)")
                #expect((family.kind == "counter") == name.hasSuffix("_total"), "\(name)")
                #expect(family.series.count < 1_000, "\(name)")
            }
            let documentation = try String(
                contentsOf: Program.project.appendingPathComponent("docs/service.md"), encoding: .utf8)
            let documented = Set(
                documentation.matches(of: /`((?:animematcher|process)_[a-z0-9_]+)`/).map { String($0.1) })
            #expect(documented.subtracting(families.keys).sorted() == [])
            #expect(Set(families.keys).subtracting(documented).sorted() == [])

            let runs = try await rig.rig.temporary.client.database(rig.rig.temporary.name).collection("runs").find([:])
                .all()
            let pages = runs.reduce(0) { $0 + ($1[path: "counters.pages"]?.intValue ?? 0) }
            func value(_ name: String, _ series: String) -> Double? { families[name]?.series[series] }
            #expect(
                value("animematcher_crawl_pages_total", #"animematcher_crawl_pages_total{site="demo"}"#)
                    == Double(pages))
            let answers = families["animematcher_crawl_answers_total"]?.series.filter {
                $0.key.contains(#"site="demo""#)
            }
            #expect(answers?.values.reduce(0, +) == Double(pages))
            let histogram = "animematcher_crawl_answer_duration_seconds"
            #expect(value(histogram, #"\#(histogram)_count{site="demo"}"#) == Double(pages))
            #expect(value(histogram, #"\#(histogram)_bucket{site="demo",le="+Inf"}"#) == Double(pages))
            let urls = families["animematcher_frontier_urls"]?.series.filter { $0.key.contains(#"site="demo""#) }
            #expect(
                try await rig.rig.database.frontier.counts(site: "demo").values.reduce(0, +)
                    == Int(urls?.values.reduce(0, +) ?? 0))
        }
    }

    @Test(
        "while MongoDB is out of reach /metrics tells what the process knows, and of parts that keep failing; then all again",
        .timeLimit(.minutes(10)))
    func outage() async throws {
        try await TemporaryDatabase.with { temporary in
            let proxy = try FaultProxy(uri: temporary.uri)
            defer { proxy.stop() }
            let uri = proxy.uri + "&serverSelectionTimeoutMS=300"
            try await ServeRig.with(anime: 2, users: 1, more: ["MONGODB_URI": uri]) { rig in
                func value(_ name: String, _ labels: String = "") async throws -> Double? {
                    let (text, response) = try await get(rig, "/metrics")
                    #expect(response.statusCode == 200, "\(text)")
                    return try families(text)[name]?.series[name + labels]
                }
                // A busy machine may take longer than a third of a second to find the server.
                try await eventually("MongoDB is found") { try await value("animematcher_mongodb_up") == 1 }
                #expect(try await value("animematcher_changes_newest") != nil)
                try proxy.set(.refusing)
                #expect(try await value("animematcher_mongodb_up") == 0)
                #expect(try await value("animematcher_changes_newest") == nil)
                #expect(try await value("animematcher_http_connections") != nil)
                while try await value("animematcher_part_restarts_total", #"{part="refresh"}"#) == 0 {
                    try await Task.sleep(for: .milliseconds(100))
                }
                #expect(rig.serve.isRunning)
                try proxy.set(.open)
                while try await value("animematcher_mongodb_up") != 1 { try await Task.sleep(for: .milliseconds(50)) }
                while try await get(rig, "/readyz").1.statusCode != 200 {
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
    }

    @Test("a request is answered with the id under which the log tells that it took long")
    func requestID() async throws {
        try await ServeRig.with(arguments: ["--log-format", "json", "--log-level", "debug"]) { rig in
            let (_, response) = try await get(rig, "/healthz")
            let id = try #require(response.value(forHTTPHeaderField: "X-Request-ID"))
            let line = try #require(
                rig.serve.errors.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)).objectValue }
                    .first { $0["hb.request.id"]?.stringValue == id })
            #expect(line["message"] == .string("answered") && line["route"] == .string("/healthz"))
            let port = rig.origin.split(separator: ":").last.map(String.init) ?? ""
            #expect(try await Program("animematcher-serve").run(["--probe", "--port", port]).status == 0)
            #expect(try await Program("animematcher-serve").run(["--probe", "--port", "1"]).status == 1)
        }
    }
}

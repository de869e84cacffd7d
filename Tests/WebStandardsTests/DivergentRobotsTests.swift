import TestSupport
import Testing
import WebStandards

/// Cases on which Google's matcher, Protego, reppy and crawler-commons disagree: 196 rows, and what we decided.
@Suite("Divergent robots.txt", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct DivergentRobotsTests {
    /// Where we do not do what the row's source expects, by the rule we follow instead.
    private static let policies: [(rule: String, rows: Set<String>)] = [
        (
            "a crawler is addressed by its whole name, in front of the line: no second word, no part of a name",
            [
                "google-GoogleOnly_AcceptUserAgentUpToFirstSpace-247-3", "cc-robots-131", "cc-robots-134",
                "cc-robots-143",
                "cc-robots-152", "cc-robots-220", "cc-robots-266", "cc-robots-267", "cc-robots-270", "protego-117",
                "protego-249", "protego-252", "protego-315", "protego-321", "protego-322", "protego-324", "protego-325",
            ]
        ),
        (
            "escapes are normalised on both sides (RFC 9309, 2.2.2)",
            ["google-ID_Encoding-419-3", "google-ID_Encoding-430-5", "google-ID_Encoding-441-6"]
        ),
        ("a page of HTML is no robots.txt, whatever it says", ["cc-robots-311"]),
        ("only the misspellings that Google's parser knows are understood", ["cc-robots-376", "cc-robots-379"]),
        ("a long delay slows a crawl down, it forbids nothing", ["cc-robots-447"]),
        (
            "lines that mean nothing do not end a list of agents (RFC 9309, 2.2)",
            ["protego-240", "protego-241", "protego-242", "reppy-29"]
        ),
        ("a dollar at the end is the end, never itself", ["protego-297", "protego-298"]),
        ("a rule is a path, not an address", ["protego-300"]),
        ("rules before any agent are for nobody", ["reppy-36"]),
        ("a missing colon is understood, as Google's parser does", ["reppy-82"]),
    ]

    @Test("each of the 196 rows is judged as its source does, or by a rule of ours")
    func rows() throws {
        let rows = try SuiteRows.read("robots-unified/divergent.jsonl")
        #expect(rows.count == 196)
        let base = WebURL("http://relative.invalid/")
        let failing = try SuiteRows.failing(rows) { row in
            let named = row["user_agents"]?.arrayValue?.compactMap(\.stringValue) ?? []
            let agents = named.isEmpty ? [row["user_agent"]?.stringValue ?? "*"] : named
            let url = try #require(WebURL(row["url"]?.stringValue ?? "", base: base))
            return RobotsFile(row.bytes("robots_txt")).rules(forAgents: agents).isAllowed(url)
                == row["allowed"]?.boolValue
        }
        #expect(Set(failing) == Self.policies.reduce(into: []) { $0.formUnion($1.rows) })
    }

    @Test("the path of a URL is what Google's matcher takes; what is no URL is never asked about")
    func paths() throws {
        let rows = try SuiteRows.read("google-robotstxt/url_to_path.jsonl")
        var refused = 0
        for row in rows {
            guard let url = WebURL(row["url"]?.stringValue ?? "") else {
                refused += 1
                continue
            }
            #expect(url.requestTarget == row["path"]?.stringValue, "\(url)")
        }
        #expect(rows.count == 19)
        #expect(refused == 13)
    }
}

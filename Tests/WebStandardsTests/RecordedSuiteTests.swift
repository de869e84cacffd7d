import Foundation
import TestSupport
import Testing

@testable import WebStandards

/// Other projects' test cases: each test states the cases that do not pass, by name.
@Suite("Recorded suites", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct RecordedSuiteTests {
    private func rows(_ path: String) throws -> [JSONValue] {
        try RecordedMaterial.bytes(path).split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    }

    private func failing(_ rows: [JSONValue], passes: (JSONValue) throws -> Bool) rethrows -> [String] {
        try rows.filter { try !passes($0) }.map { $0["id"]?.stringValue ?? "?" }
    }

    private func bytes(_ row: JSONValue, _ key: String) -> [UInt8] {
        if let text = row[key]?.stringValue { return Array(text.utf8) }
        return row[key + "_b64"]?.stringValue.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
    }

    @Test("all 891 cases of the URL Standard pass")
    func urlStandard() throws {
        let rows = try rows("suites/whatwg-url/urltestdata.jsonl")
        #expect(rows.count == 891)
        let failing = try failing(rows) { row in
            let base = try row["base"]?.stringValue.map { try #require(WebURL($0)) }
            let input = try #require(row["input"]?.stringValue)
            let url = WebURL(input, base: base)
            guard row["failure"]?.boolValue == false else { return url == nil }
            return url?.href == row["href"]?.stringValue && url?.path == row["pathname"]?.stringValue
                && url?.host ?? "" == row["hostname"]?.stringValue && url?.username == row["username"]?.stringValue
                && url?.password == row["password"]?.stringValue
                && url?.port.map { String($0) } ?? "" == row["port"]?.stringValue
        }
        #expect(failing == [])
    }

    @Test("all 2,671 domain names of UTS #46's own test pass")
    func domainNames() throws {
        let failing = try failing(try rows("suites/whatwg-url/idna_test_v2.jsonl")) { row in
            let domain = try #require(row["input"]?.stringValue)
            return WebURL("https://\(domain)/")?.host == row["output"]?.stringValue
        }
        #expect(failing == ["idna-40"], "the empty name is no host of a URL")
    }

    @Test("all 145 cases of Google's robots.txt matcher pass in its dialect")
    func googleRobots() throws {
        let rows = try rows("suites/google-robotstxt/allowed.jsonl")
        #expect(rows.count == 145)
        let failing = failing(rows) { row in
            let file = RobotsFile(bytes(row, "robots_txt"), dialect: .google)
            let rules = file.rules(forAgent: row["user_agent"]?.stringValue ?? "")
            return rules.isAllowed(target: target(row["url"]?.stringValue ?? "")) == row["allowed"]?.boolValue
        }
        #expect(failing == [])
    }

    @Test("lines are split and directives recognised as Google's parser does")
    func robotsLines() throws {
        let rows = try rows("suites/google-robotstxt/parse.jsonl")
        #expect(rows.count == 12)
        let failing = try failing(rows) { row in
            let file = RobotsFile(bytes(row, "robots_txt"))
            let unknown = Int64(file.directives.filter { $0.kind == .unknown }.count)
            let found: JSONObject = [
                "valid_directives": .int(Int64(file.directives.count) - unknown), "unknown_directives": .int(unknown),
                "last_line_seen": .int(Int64(file.directives.last?.line ?? 0)),
                "sitemap": file.sitemaps.first.map { .string($0) } ?? .null,
            ]
            return try #require(row["expect"]?.objectValue).allSatisfy { found[$0.key] == $0.value }
        }
        #expect(failing == [])
    }

    @Test("product tokens are told from other names")
    func productTokens() throws {
        let failing = try failing(try rows("suites/google-robotstxt/valid_user_agent.jsonl")) { row in
            RobotsFile.isProductToken(try #require(row["user_agent"]?.stringValue)) == row["valid"]?.boolValue
        }
        #expect(failing == [])
    }

    @Test("rules are escaped as Google's parser does")
    func robotsEscapes() throws {
        let failing = try failing(try rows("suites/google-robotstxt/escape_pattern.jsonl")) { row in
            let pattern = try #require(row["pattern"]?.stringValue)
            var escaped: [UInt8] = []
            RobotsEscapes.appendEscapingNonASCII(Array(pattern.utf8)[...], to: &escaped)
            return String(decoding: escaped, as: UTF8.self) == row["escaped"]?.stringValue
        }
        #expect(failing == [])
    }

    @Test(
        "by RFC 9309 five of them differ: escapes are normalised, index.html is a page, an agent's name is its first token"
    )
    func standardRobots() throws {
        let failing = failing(try rows("suites/google-robotstxt/allowed.jsonl")) { row in
            let rules = RobotsFile(bytes(row, "robots_txt")).rules(forAgent: row["user_agent"]?.stringValue ?? "")
            return rules.isAllowed(target: target(row["url"]?.stringValue ?? "")) == row["allowed"]?.boolValue
        }
        let expected = [
            "google-GoogleOnly_AcceptUserAgentUpToFirstSpace-247-3", "google-ID_Encoding-419-3",
            "google-ID_Encoding-430-5",
            "google-ID_Encoding-441-6", "google-GoogleOnly_IndexHTMLisDirectory-505-1",
        ]
        #expect(failing == expected)
    }

    private func target(_ url: String) -> String {
        guard let scheme = url.range(of: "://") else { return "/" }
        return url[scheme.upperBound...].firstIndex(of: "/").map { String(url[$0...]) } ?? "/"
    }

    @Test("all cases of w3lib's canonicalisation with an absolute UTF-8 URL pass")
    func canonicalisation() throws {
        let rows = try rows("suites/w3lib/canonicalize_url.jsonl").filter { row in
            row["encoding"]?.isNull == true && row["url"]?.stringValue?.contains("://") == true
        }
        #expect(rows.count >= 30)
        let failing = try failing(rows) { row in
            let rules = CanonicalisationRules(
                keepFragments: row["keep_fragments"]?.boolValue ?? false,
                keepBlankValues: row["keep_blank_values"]?.boolValue ?? true,
                separator: row["query_separator"]?.stringValue?.first ?? "&")
            let text = try #require(row["url"]?.stringValue)
            let url = try #require(WebURL(text))
            return CanonicalURL(url, rules: rules).string == row["expected"]?.stringValue
        }
        #expect(failing == [])
    }

    @Test("all dates pass but the second before 1970, which curl cannot say")
    func dates() throws {
        let failing = failing(try rows("suites/http-date/curl_getdate.jsonl")) { row in
            HTTPDate.parse(row["input"]?.stringValue ?? "") == row["epoch"]?.intValue
        }
        #expect(failing == ["date-112"])
    }

    @Test("all waits pass")
    func waits() throws {
        let failing = failing(try rows("suites/retry-after/retry_after.jsonl")) { row in
            let now = row["now"]?.stringValue.flatMap { W3CDateTime.parse($0) } ?? 0
            return RetryAfter.seconds(row["value"]?.stringValue ?? "", now: now) == row["expected_seconds"]?.intValue
        }
        #expect(failing == [])
    }

    @Test("all redirects pass but three whose settings are not in the row")
    func redirects() throws {
        let rows = try rows("suites/scrapy/redirect.jsonl").filter { $0["mw"]?.stringValue == "RedirectMiddleware" }
        #expect(rows.count == 55)
        let failing = try failing(rows) { row in
            let request = try #require(row["request"])
            let asked = RequestHead(
                method: request["method"]?.stringValue ?? "",
                url: try #require(request["url"]?.stringValue.flatMap { WebURL($0) }), fields: fields(request),
                hasBody: request["body"] != "")
            let response = ResponseHead(
                status: Int(try #require(row["response"]?["status"]?.intValue)), fields: fields(row["response"]))
            let next = Redirect(of: asked, by: response)?.request
            guard let expected = row["next_request"] else { return next == nil }
            return next?.url == expected["url"]?.stringValue.flatMap { WebURL($0) }
                && next?.method == expected["method"]?.stringValue && next?.hasBody == (expected["body"] != "")
                && next?.fields.first("Authorization") == fields(expected).first("Authorization")
                && next?.fields.first("Cookie") == fields(expected).first("Cookie")
        }
        // Scrapy was told to follow one hop only, and to leave 301 to the spider.
        #expect(failing == ["scrapy-redirect-8", "scrapy-redirect-92", "scrapy-redirect-93"])
    }

    /// The suite writes each byte of a header as the character of that number.
    private func fields(_ message: JSONValue?) -> HeaderFields {
        var fields = HeaderFields()
        for (name, values) in message?["headers"]?.objectValue ?? [:] {
            for value in values.arrayValue ?? [] {
                let bytes = (value.stringValue ?? "").unicodeScalars.map { UInt8($0.value) }
                fields.append(HeaderField(name: name, bytes: bytes))
            }
        }
        return fields
    }

    @Test("all schedules pass")
    func schedules() throws {
        let failing = failing(try rows("suites/cron/cron.jsonl")) { row in
            let iso = row["time_iso"]?.stringValue ?? ""
            let named = row["time"]?.stringValue ?? ""
            let zone = named.hasPrefix("TZ=") ? String(named.dropFirst(3).prefix { $0 != " " }) : String(iso.suffix(6))
            let isInvalid = row["kind"] == "invalid"
            guard let cron = try? CronExpression(row["spec"]?.stringValue ?? "", timeZone: isInvalid ? "UTC" : zone)
            else {
                return isInvalid
            }
            let time = W3CDateTime.parse(iso) ?? 0
            if row["kind"] == "fires_at" { return cron.fires(at: time) == row["expected"]?.boolValue }
            return !isInvalid
                && cron.next(after: time) == row["expected_iso"]?.stringValue.flatMap { W3CDateTime.parse($0) }
        }
        #expect(failing == [])
    }
}

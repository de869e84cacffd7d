import TestSupport
import Testing

@testable import WebStandards

/// The scripts of http-tests/cache-tests, played with a clock that nobody waits for.
@Suite("HTTP cache suite", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct CacheSuiteTests {
    private func scripts(_ kind: String) throws -> [CacheScript] {
        try RecordedMaterial.lines("suites/http-cache/cache_tests.jsonl")
            .map { CacheScript(row: try JSONValue(parsing: $0)) }
            .filter { $0.kind == kind && $0.isForPrivateCache }
    }

    private func failing(_ scripts: [CacheScript]) -> [String: CachePlayer.Verdict] {
        var failing: [String: CachePlayer.Verdict] = [:]
        for script in scripts {
            var player = CachePlayer(script)
            let verdict = player.play()
            if verdict != .passed { failing[script.id] = verdict }
        }
        return failing
    }

    @Test("all 141 required rows for a private cache pass")
    func required() throws {
        let scripts = try scripts("required")
        #expect(scripts.count == 141)
        #expect(failing(scripts) == [:])
    }

    @Test("of 82 optimal rows all pass but two")
    func optimal() throws {
        let scripts = try scripts("optimal")
        #expect(scripts.count == 82)
        let expected: Set = [
            // Knowing that `fr;q=0.5, de` would get the German page needs content negotiation in the cache.
            "cache-vary-normalise-lang-select",
            // The answer's own date is later than the one that is asked by: RFC 9110, 13.1.3 has it sent.
            "cache-conditional-lm-fresh-no-lm",
        ]
        let failing = failing(scripts)
        #expect(Set(failing.keys) == expected, "\(failing)")
    }

    @Test("a script that is not obeyed is noticed")
    func playerComplains() throws {
        let text = """
            {"id": "x", "kind": "required", "requests": [
             {"response_headers": [["Cache-Control", "max-age=3600"]], "setup": true}, {"expected_type": "not_cached"}]}
            """
        var player = CachePlayer(CacheScript(row: try JSONValue(parsing: text)))
        #expect(player.play() == .failed("2: from the cache"))
    }
}

extension CacheScript {
    /// Whether it is about something that a crawler's private cache does; what is left out is named in decision 14.
    fileprivate var isForPrivateCache: Bool {
        let name = name.lowercased()
        let isShared = name.contains("shared http cache") || name.contains("http shared cache")
        let isUnused = id.hasPrefix("cache-stale-while-revalidate") || id == "cache-method-POST"
        return row["cdn_only"]?.boolValue != true && !isShared && !isUnused
            && !["partial", "interim"].contains(row["suite"]?.stringValue)
    }
}

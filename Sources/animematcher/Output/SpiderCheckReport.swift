import CrawlDomain
import CrawlEngine
import Foundation
import Terminal
import WebStandards

/// What `spider check` found out about one spider, for people or for programs.
struct SpiderCheckReport {
    let spider: Spider
    let contract: SpiderContract
    /// Pages that nothing is expected of.
    let unexpectedFiles: [String]

    /// Differences of one page that are shown; `--json` has all.
    private static let shown = 20

    /// Whether every page is read as expected, or is now expected to be read as it is.
    func isMet(afterUpdate: Bool) -> Bool {
        contract.pages.allSatisfy { $0.isMet || (afterUpdate && $0.update != nil) }
    }

    /// Whether each rule finds something on one of the pages.
    var isComplete: Bool { !contract.pages.isEmpty && contract.coverage.gaps.isEmpty && unexpectedFiles.isEmpty }

    func print(json: Bool) {
        if json { return Console.print(value) }
        lines.forEach { Console.print($0) }
    }

    private var lines: [String] {
        let slow = spider.slowSelectors
        var lines = [
            "\(spider.site): ok, \(spider.pages.count) page kinds, \(spider.selectorCount) selectors, "
                + "\(slow.count) of them slow"
        ]
        lines += slow.map { "  slow: \($0.selector) has \($0.reason), which only libxml2 answers" }
        for page in contract.pages { lines += Self.lines(page) }
        lines += unexpectedFiles.map { "  \($0): expected.jsonl does not speak of it; see 'spider record'" }
        guard !contract.pages.isEmpty else {
            return lines + ["  no fixture pages; 'animematcher spider record' keeps some"]
        }
        let differing = contract.pages.filter { !$0.isMet }.count
        lines.append(
            "  \(contract.pages.count) pages, \(differing == 0 ? "all" : "\(differing) not") as expected; "
                + "\(contract.coverage.usedRules) of \(contract.coverage.rules) rules find something on them")
        return lines
            + contract.coverage.gaps.map { "  on no page: \($0.subject.rawValue) \($0.name) (\(Self.text($0.place)))" }
    }

    private static func lines(_ page: SpiderContract.PageResult) -> [String] {
        let (file, kind) = (page.expectation.file, page.found.page ?? "no page kind")
        if let failure = page.failure { return ["  unread   \(file)", "    \(failure)"] }
        let head = "  \(page.isMet ? "ok      " : "differs ") \(file)  \(kind)  \(page.expectation.url.href)"
        let differences = page.differences.prefix(shown).flatMap { difference in
            [
                "    \(difference.field)\(difference.rule.map { "  (\(text($0)))" } ?? "")",
                "      expected \(difference.expected ?? "nothing")",
                "      found    \(difference.found ?? "nothing")",
            ]
        }
        let more = page.differences.count - shown
        return [head] + differences + (more > 0 ? ["    … and \(more) more; --json has all"] : [])
    }

    /// A place, its file as seen from the working folder.
    private static func text(_ place: RulePlace) -> String {
        let folder = FileManager.default.currentDirectoryPath + "/"
        let text = place.description
        return text.hasPrefix(folder) ? String(text.dropFirst(folder.count)) : text
    }
}

extension SpiderCheckReport {
    private var value: JSONValue {
        let selectors = spider.slowSelectors.map {
            JSONValue.object(["selector": .string($0.selector), "reason": .string($0.reason)])
        }
        let gaps = contract.coverage.gaps.map {
            JSONValue.object([
                "subject": .string($0.subject.rawValue), "name": .string($0.name), "rule": .string("\($0.place)"),
            ])
        }
        return .object([
            "site": .string(spider.site), "pages": .int(Int64(spider.pages.count)),
            "selectors": .int(Int64(spider.selectorCount)), "slow_selectors": .array(selectors),
            "fixtures": .array(contract.pages.map(Self.value)),
            "unexpected_files": .array(unexpectedFiles.map(JSONValue.string)),
            "rules": .int(Int64(contract.coverage.rules)), "rules_used": .int(Int64(contract.coverage.usedRules)),
            "gaps": .array(gaps),
        ])
    }

    private static func value(_ page: SpiderContract.PageResult) -> JSONValue {
        let differences = page.differences.map { difference in
            JSONValue.object([
                "field": .string(difference.field), "expected": difference.expected.map(JSONValue.string) ?? .null,
                "found": difference.found.map(JSONValue.string) ?? .null,
                "rule": difference.rule.map { .string("\($0)") } ?? .null,
            ])
        }
        return .object([
            "file": .string(page.expectation.file), "url": .string(page.expectation.url.href),
            "page": page.found.page.map(JSONValue.string) ?? .null, "ok": .bool(page.isMet),
            "failure": page.failure.map { .string("\($0)") } ?? .null, "differences": .array(differences),
        ])
    }

    /// What is wrong with a spider's file.
    static func value(of error: SpiderError, site: String) -> JSONValue {
        let mistakes = error.mistakes.map { mistake in
            JSONValue.object([
                "file": .string(mistake.file), "line": .int(Int64(mistake.line)),
                "column": .int(Int64(mistake.column)), "message": .string(mistake.message),
            ])
        }
        return .object(["site": .string(site), "mistakes": .array(mistakes)])
    }
}

import CrawlDomain
import Markup
import WebStandards

extension RuleReader {
    /// A plain text (something is found), a list (one of them holds), or a map (all of it holds).
    func condition(_ node: YAMLNode, _ place: Place) -> Condition? {
        if node.isList { return .any(node.atLeastOne().compactMap { condition($0, place) }) }
        guard node.isMap, let map = node.map() else {
            return alternative(node, place).map { .value($0, .exists) }
        }
        defer { map.close() }
        return condition(map, place)
    }

    /// The keys of a condition, taken out of a map that may have others too.
    private func condition(_ map: YAMLMap, _ place: Place) -> Condition? {
        var parts: [Condition] = []
        if let node = map.take("all") { parts += node.atLeastOne().compactMap { condition($0, place) } }
        if let node = map.take("any") { parts.append(.any(node.atLeastOne().compactMap { condition($0, place) })) }
        if let node = map.take("not"), let inner = condition(node, place) { parts.append(.not(inner)) }
        if let node = map.take("status") { parts.append(.status(node.oneOrMore().compactMap(Self.statuses))) }
        if let node = map.take("title") { parts.append(.title(node.strings())) }
        if let node = map.take("body") { parts.append(.body(node.strings())) }
        let tests = self.tests(map)
        if hasSource(map), let way = alternative(map, place) {
            parts += (tests.isEmpty ? [.exists] : tests).map { .value(way, $0) }
        } else if !tests.isEmpty {
            return map.node.refuse("the test has nothing to look at; expected css, xpath, json or from beside it")
        }
        guard !parts.isEmpty else {
            return map.node.refuse(
                "an empty condition; expected a selector, or one of status, title, body, all, any, not")
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private func tests(_ map: YAMLMap) -> [ValueTest] {
        let tests: [ValueTest?] = [
            map.take("is").map { .equals($0.strings()) },
            map.take("contains").map { .contains($0.strings()) },
            map.take("starts").map { .starts($0.strings()) },
            map.take("matches")?.pattern().map(ValueTest.matches),
            map.take("at-least")?.int(in: 0...1_000_000).map(ValueTest.atLeast),
        ]
        return tests.compactMap(\.self)
    }

    /// A status such as 404, or a range such as 500-599.
    private static func statuses(_ node: YAMLNode) -> ClosedRange<Int>? {
        guard let text = node.string() else { return nil }
        let bounds = text.split(separator: "-").map { Int($0) }
        if bounds.count <= 2, let low = bounds.first ?? nil, let high = bounds.last ?? nil, 100 <= low, low <= high,
            high <= 999
        {
            return low...high
        }
        return node.refuse("expected a status such as 404, or a range such as 500-599, found '\(text)'")
    }

    /// `{drop: reason, detail: text, …condition}`.
    func verdict(_ node: YAMLNode, _ place: Place) -> VerdictRule? {
        guard let map = node.map() else { return nil }
        defer { map.close() }
        let reason = map.require("drop")?.choice(of: DropReason.self)
        let detail = map.take("detail")?.string()
        guard let condition = condition(map, place), let reason else { return nil }
        return VerdictRule(reason: reason, condition: condition, detail: detail, place: RulePlace(node))
    }
}

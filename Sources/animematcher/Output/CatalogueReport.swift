import Catalog
import Foundation
import Indexing
import Storage
import Terminal
import WebStandards

/// Why entries are one anime, for people or for programs.
struct CatalogueReport {
    private let explanation: CatalogueExplanation
    private let titles: [String: String]

    init(_ explanation: CatalogueExplanation) {
        self.explanation = explanation
        let entries = explanation.entries + explanation.others.values
        titles = Dictionary(entries.map { ($0.key, $0.title) }, uniquingKeysWith: { first, _ in first })
    }

    func print(json: Bool) {
        if json { return Console.print(value) }
        lines.forEach { Console.print($0) }
    }

    private var main: String? { Anime.mainEntry(of: explanation.entries)?.key }

    private var lines: [String] {
        var lines = [explanation.id]
        lines += explanation.aliases.map {
            "  was called \($0.id)\($0.since.map { " until \(Self.day($0))" } ?? "") (\($0.entry))"
        }
        for entry in explanation.entries {
            let facts = [entry.type, entry.airedFrom, entry.key == main ? "gives the name" : nil].compactMap(\.self)
            lines.append("  \(entry.key)  \(entry.title)  (\(facts.joined(separator: ", ")))")
            lines += explanation.edges(joining: entry.key).map { edge in
                "      with \(named(edge.other(than: entry.key) ?? "")): \(sentence(edge))"
            }
        }
        if !explanation.refused.isEmpty { lines.append("  not joined:") }
        lines += explanation.refused.map { "      \(named($0.first)) and \(named($0.second)): \(sentence($0))" }
        if !explanation.waiting.isEmpty { lines.append("  not stored yet:") }
        lines += explanation.waiting.map { "      \($0.relation.target): \($0.relation.stated), says \($0.by)" }
        return lines
    }

    private func named(_ key: String) -> String { titles[key].map { "\(key) \($0)" } ?? key }

    /// What is stated, then what was made of it.
    private func sentence(_ edge: EntryEdge) -> String {
        let statements = edge.statements.map { statement in
            let since = explanation.statedSince[statement.by].map { " since \(Self.day($0)) at least" } ?? ""
            return "\(statement.relation ?? "the same"), says \(statement.by)\(since)"
        }
        let titles = edge.titles > .none && edge.verdict.joins && edge.verdict != .supported ? "; the titles agree" : ""
        return statements.joined(separator: "; ") + (edge.verdict.sentence.map { ": \($0)" } ?? "") + titles
    }

    private static func day(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }

    private var value: JSONValue {
        [
            "anime": .string(explanation.id),
            "aliases": .array(
                explanation.aliases.map { alias in
                    [
                        "id": .string(alias.id), "entry": .string(alias.entry),
                        "since": alias.since.map { .string($0.formatted(.iso8601)) } ?? .null,
                    ]
                }),
            "entries": .array(
                explanation.entries.map { entry in
                    [
                        "key": .string(entry.key), "title": .string(entry.title),
                        "type": entry.type.map(JSONValue.string) ?? .null,
                        "aired": entry.airedFrom.map(JSONValue.string) ?? .null, "main": .bool(entry.key == main),
                        "joined_by": .array(explanation.edges(joining: entry.key).map(value)),
                    ]
                }),
            "refused": .array(explanation.refused.map(value)),
            "waiting": .array(
                explanation.waiting.map {
                    [
                        "by": .string($0.by), "relation": .string($0.relation.stated),
                        "entry": .string($0.relation.target),
                    ]
                }),
        ]
    }

    private func value(_ edge: EntryEdge) -> JSONValue {
        let ends = [edge.first, edge.second].map { key -> JSONValue in
            ["key": .string(key), "title": titles[key].map(JSONValue.string) ?? .null]
        }
        return [
            "between": .array(ends), "verdict": .string(edge.verdict.rawValue), "joins": .bool(edge.verdict.joins),
            "titles_support": .bool(edge.titles > .none),
            "statements": .array(
                edge.statements.map { statement in
                    [
                        "by": .string(statement.by), "relation": statement.relation.map(JSONValue.string) ?? .null,
                        "since": explanation.statedSince[statement.by].map { .string($0.formatted(.iso8601)) } ?? .null,
                    ]
                }),
        ]
    }
}

extension EntryEdge.Verdict {
    /// What was made of it, where that needs saying.
    fileprivate var sentence: String? {
        switch self {
        case .same, .stated: nil
        case .supported: "joined because the titles agree"
        case .crossoverHost: "joined, of several works the one whose title it bears"
        case .leadsElsewhere: "such a relation leads into another work"
        case .contradicted: "the two contradict each other, and the titles do not decide"
        case .ambiguous: "said of strangers too, and the titles do not agree"
        case .crossover: "a child of several works, which it must not make one"
        }
    }
}

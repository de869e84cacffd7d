import Foundation
import WebStandards

@testable import CrawlEngine

/// One expectation of another project's test about a recorded page, compared with our item.
struct Expectation {
    let file: String
    let field: String
    let value: JSONValue
    let operation: String

    init?(_ line: String) {
        guard let json = try? JSONValue(parsing: line), let file = json["file"]?.stringValue,
            let field = json["field"]?.stringValue
        else {
            return nil
        }
        self.file = file
        self.field = field
        value = json["value"] ?? .null
        operation = json["op"]?.stringValue ?? "eq"
    }

    /// Where a field stands in our items, and how it is compared.
    struct Mapping {
        let paths: [String]
        let kind: String
    }

    static func mappings() throws -> [String: Mapping] {
        let text = String(decoding: try SpiderFixtures.bytes("expectation-fields.txt"), as: UTF8.self)
        let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: "|").map(String.init)
        }
        return Dictionary(
            rows.map { ($0[0], Mapping(paths: $0[1].split(separator: ",").map(String.init), kind: $0[2])) },
            uniquingKeysWith: { $1 })
    }

    /// The reasons for known differences, by file ending and field.
    static func exceptions() throws -> [(file: String, field: String, reason: String)] {
        let text = String(decoding: try SpiderFixtures.bytes("expectation-exceptions.txt"), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.split(separator: "|", maxSplits: 2).map { String($0).trimmed }
            return (parts[0], parts[1], parts.count > 2 ? parts[2] : "")
        }
    }

    /// Whether our item says the same; `ours` is what it says.
    func holds(for fields: JSONObject, _ mapping: Mapping) -> (holds: Bool, ours: String) {
        let kind = mapping.kind == "titles" && operation == "eq" ? "texts" : mapping.kind
        let ours = mapping.paths.flatMap { Self.values(at: $0, in: fields, kind: kind) }.map {
            Self.normalized($0, mapping.kind)
        }
        if mapping.kind == "year" || mapping.kind == "season" {
            let words =
                (mapping.paths.lazy.flatMap { Self.values(at: $0, in: fields, kind: kind) }.first.map { [$0] } ?? [])
                .compactMap { mapping.kind == "year" ? Self.year($0) : Self.season($0) }
            let wanted = expected.compactMap { mapping.kind == "year" ? Self.year($0) : $0 == "UNDEFINED" ? nil : $0 }
            return (compare(words, wanted), words.joined(separator: " · "))
        }
        let minutes = mapping.kind == "duration" ? expected.map { Int($0).map { String($0 * 60) } ?? $0 } : expected
        let theirs = minutes.map { Self.normalized($0, mapping.kind) }.filter {
            mapping.kind != "duration" || $0 != "0"
        }
        // One element of a list, and nobody says which.
        if mapping.kind == "member" {
            return (theirs.allSatisfy(ours.contains), ours.prefix(3).joined(separator: " · "))
        }
        return (compare(ours, theirs), ours.joined(separator: " · "))
    }

    private func compare(_ ours: [String], _ theirs: [String]) -> Bool {
        switch operation {
        case "Null", "Empty", "isEmpty": ours.isEmpty
        case "isZero": ours.isEmpty || ours == ["0.0"] || ours == ["0"]
        case "Count", "hasSize": theirs.first.flatMap(Double.init) == Double(ours.count)
        case "Contains", "StringContainsString": ours.contains { $0.contains(theirs.first ?? "?") }
        case "StringStartsWith": ours.contains { $0.hasPrefix(theirs.first ?? "?") }
        case "containsExactly", "containsExactlyInAnyOrder":
            Set(ours.map { $0.lowercased() }) == Set(theirs.map { $0.lowercased() })
        default: theirs.count > 1 || ours.count > 1 ? Set(ours) == Set(theirs) : ours.first ?? "" == theirs.first ?? ""
        }
    }

    /// The expected values, out of the notations of several languages.
    private var expected: [String] {
        switch value {
        case .null: return []
        case .array(let values): return values.compactMap(NumberText.text)
        default: break
        }
        let text = NumberText.text(value) ?? ""
        if text.hasPrefix("array(") || text.hasPrefix("[") {
            let quoted = try? Pattern(text.hasPrefix("array(") ? #""([^"]*)""# : #"'((?:[^'\\]|\\.)*)'|"([^"]*)""#)
            return quoted?.matches(in: text).compactMap { $0[1] ?? $0[2] } ?? []
        }
        if let url = try? Pattern(#"^URL\("(.*)"\)$"#), let match = url.firstMatch(in: text)?[1] { return [match] }
        return text.isEmpty || text == "None" ? [] : [text]
    }

    private static func values(at path: String, in fields: JSONObject, kind: String) -> [String] {
        if kind == "titles" {
            let all = ["title_english", "title_japanese"].compactMap { fields[$0]?.stringValue }
            return (fields["title_synonyms"]?.arrayValue?.compactMap(\.stringValue) ?? []) + all
        }
        let steps = path.split(separator: ".").map(String.init)
        guard steps[0] == "related" else {
            let values = steps.dropFirst().reduce([fields[steps[0]] ?? .null]) { values, step in
                values.flatMap { $0.arrayValue ?? [$0] }.compactMap { $0[step] }
            }
            return values.flatMap { $0.arrayValue ?? [$0] }.compactMap(NumberText.text)
        }
        let rows = fields["related"]?.arrayValue ?? []
        switch steps.count {
        case 1: return rows.compactMap { $0["title"]?.stringValue }
        case 2:
            return rows.filter { $0["kind"] == "anime" }.compactMap { row in
                row["id"].map { "\(addresses[fields["site"]?.stringValue ?? ""] ?? "")\(NumberText.text($0) ?? "")" }
            }
        default:
            return rows.filter { $0["relation"]?.stringValue == steps[1] }.prefix(1).compactMap {
                $0[steps[2]].flatMap(NumberText.text)
            }
        }
    }

    /// Where other projects say that entries of a site are.
    private static let addresses = [
        "myanimelist": "https://myanimelist.net/anime/", "anilist": "https://anilist.co/anime/",
        "kitsu": "https://kitsu.app/anime/", "livechart": "https://livechart.me/anime/",
        "anime-planet": "https://anime-planet.com/anime/", "anidb": "https://anidb.net/anime/",
    ]

    private static func year(_ text: String) -> String? { text.firstMatch(of: /\d{4}/).map { String($0.0) } }

    /// The season named, or that of the month of a date.
    private static func season(_ text: String) -> String? {
        if let word = text.split(separator: " ").first, word.first?.isLetter == true { return word.uppercased() }
        let month = text.split(separator: "-").dropFirst().first.flatMap { Int($0) }
        return month.map { ["WINTER", "SPRING", "SUMMER", "FALL"][($0 - 1) / 3] }
    }

    private static func normalized(_ text: String, _ kind: String) -> String {
        switch kind {
        case "number": return NumberText.double(.string(text)).map { String($0) } ?? text
        case "date": return String(text.prefix { $0.isNumber || $0 == "-" })
        case "keyword": return keywords[keyword(text)] ?? keyword(text)
        case "image":
            return text.split(separator: "?").first.map(String.init)?.replacing(/\/r\/\d+x\d+/, with: "") ?? text
        case "address": return String(text.reversed().prefix { $0.isNumber }.reversed())
        case "duration": return seconds(text)
        case "prose": return prose(text)
        case "timestamp": return Int64(text).flatMap(DateText.timestamp).map { String($0.prefix(10)) } ?? text
        default: return text
        }
    }

    /// Words only: how paragraphs and attributions are written is each project's own affair.
    private static func prose(_ text: String) -> String {
        let plain = text.replacingOccurrences(of: "\\r\\n", with: " ").replacingOccurrences(of: "\\\"", with: "\"")
            .replacing(/<[^>]*>/, with: " ")
        return Attribution(of: plain.replacing(/\[\/?i\]/, with: "")).text.split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
    }

    private static func keyword(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
    }

    /// Other projects' names of the same thing.
    private static let keywords = [
        "released": "finished", "finished_airing": "finished", "currently_airing": "ongoing", "currently": "ongoing",
        "not_yet_aired": "upcoming", "unknown_status": "", "anime_status_unknown": "", "unknown_type": "",
        "anime_type_unknown": "", "unknown": "",
        "pg_13_teens_13_or_older": "pg_13", "tv_special": "special", "music": "special", "pv": "special",
        "cm": "special",
    ]

    /// Ours are seconds, theirs minutes as a bare number or `Duration(10, SECONDS)`; compared as seconds.
    private static func seconds(_ text: String) -> String {
        if let parts = (try? Pattern(#"^Duration\((\d+), (\w+)\)$"#))?.firstMatch(in: text),
            let number = parts[1].flatMap({ Int($0) })
        {
            return String(number * (parts[2] == "MINUTES" ? 60 : parts[2] == "HOURS" ? 3_600 : 1))
        }
        return text
    }
}

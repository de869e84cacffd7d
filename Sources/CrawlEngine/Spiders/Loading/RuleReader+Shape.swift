import CrawlDomain
import WebStandards

/// What the schema says of fields before any page is read.
extension RuleReader {
    /// Fields that the schema requires, that nobody reads and that nothing fills in: every record would be dropped. Told by a
    /// check alone, since links of such a page are followed all the same.
    ///
    /// - Parameter filled: Fields that come by themselves.
    func missing(_ names: some Sequence<String>, in schema: JSONSchema?, filled: Set<String> = []) -> [String] {
        let names = Set(names)
        // A name that the schema does not have is told by itself, and is often the one that is missing.
        guard isCheck, let schema, let known = schema.fieldNames, names.isSubset(of: known) else { return [] }
        return schema.required.filter { name in
            guard let property = schema.property(named: name), property.empty == nil else { return false }
            return !names.contains(name) && !filled.contains(name) && !ItemPipeline.bookkeeping.contains(name)
        }
    }

    /// Whether a map includes only what there is; else nobody knows which fields it would give.
    func includesKnown(_ map: YAMLMap) -> Bool {
        guard map.has("include") else { return true }
        return map.entries.filter { $0.key == "include" }.flatMap { $0.value.oneOrMore() }
            .allSatisfy { $0.isScalar && fragments[$0.string() ?? ""] != nil }
    }

    static func message(missing names: [String]) -> String {
        let list = names.map { "'\($0)'" }.joined(separator: ", ")
        return
            "the schema needs \(list), which nothing here gives; expected \(names.count > 1 ? "them" : "it") in fields"
    }

    /// A way whose values the schema of its field refuses, whatever the page says.
    func checkShape(_ entry: YAMLMap.Entry, _ rule: FieldRule, _ schema: JSONSchema?) {
        guard let schema, schema.types != nil, Self.keepsShape(rule.converters) else { return }
        for way in rule.alternatives where Self.keepsShape(way.converters) {
            switch way.source {
            case .record where !schema.allows(.object):
                report(
                    "the schema has no object for '\(entry.key)'; expected one way to find a value, without each and fields",
                    at: way, entry)
            case .constant(let value):
                let converted = SchemaConversion.convert(value, to: schema)
                guard let violation = schema.violations(of: converted, limit: 1).first else { continue }
                report(
                    "the schema of '\(entry.key)' refuses this constant: \(violation.expectation)", at: way, entry)
            default: continue
            }
        }
    }

    private static func keepsShape(_ converters: [any ValueConverter]) -> Bool {
        converters.allSatisfy { $0 is ShortDates }
    }

    private func report(_ message: String, at way: FieldAlternative, _ entry: YAMLMap.Entry) {
        entry.value.file.report(
            message, line: way.place?.line ?? entry.value.line, column: way.place?.column ?? entry.value.column)
    }
}

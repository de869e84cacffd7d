import Foundation
import TestSupport
import Testing
import WebStandards

@Suite("The Grafana dashboard")
struct DashboardTests {
    private static let project = Program.project

    /// The metrics that docs/service.md tells of.
    private func documented() throws -> Set<String> {
        let text = try String(contentsOf: Self.project.appendingPathComponent("docs/service.md"), encoding: .utf8)
        return Set(text.matches(of: /`((?:animematcher|process)_[a-z0-9_]+)`/).map { String($0.1) })
    }

    /// All expressions of a dashboard, wherever they stand.
    private func expressions(_ value: JSONValue) -> [String] {
        if let array = value.arrayValue { return array.flatMap(expressions) }
        guard let object = value.objectValue else { return [] }
        return object.flatMap { key, value in
            ["expr", "query"].contains(key) ? [value.stringValue ?? ""] : expressions(value)
        }
    }

    @Test("every metric it asks for is a documented one")
    func known() throws {
        let file = Self.project.appendingPathComponent("deploy/grafana-dashboard.json")
        let dashboard = try JSONValue(parsing: [UInt8](try Data(contentsOf: file)))
        let documented = try documented()
        var asked: Set<String> = []
        for expression in expressions(dashboard) {
            for match in expression.matches(of: /\b(?:animematcher|process)_[a-z0-9_]+/) {
                let name = String(match.0)
                asked.insert(
                    ["_bucket", "_count", "_sum"].reduce(name) { $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0 }
                )
            }
        }
        #expect(asked.count > 20)
        #expect(asked.subtracting(documented).sorted() == [])
        let ids = dashboard["panels"]?.arrayValue?.compactMap { $0["id"]?.intValue } ?? []
        #expect(Set(ids).count == ids.count, "each panel has an id of its own")
    }
}

import CrawlDomain
import TestSupport
import WebStandards

@testable import CrawlEngine

/// Kind of page × era × field: how often we have a value, and what other projects' expectations say to it.
struct RecordedTable: CustomStringConvertible {
    private struct Cell {
        var filled = 0
        var equal = 0
        /// Different from the expectation, for a reason that is written down.
        var excepted = 0
    }

    private struct Group {
        var pages = 0
        var items = 0
        var withItems = 0
        var links = 0
        var drops: [String: Int] = [:]
        var cells: [String: Cell] = [:]
        /// Expectations of a field we have, of pages that gave no item.
        var absent = 0
    }

    private let readings: [RecordedReading]
    private var groups: [String: Group] = [:]
    /// Expectations that do not hold and have no reason, and reasons that are not needed.
    private(set) var problems: [String] = []
    private(set) var equal = 0
    /// Fields that expectations speak of and we do not have, by site.
    private(set) var unmapped: [String: Set<String>] = [:]
    private var excepted = 0

    init(_ readings: [RecordedReading]) {
        self.readings = readings
        for reading in readings { add(reading) }
    }

    private mutating func add(_ reading: RecordedReading) {
        var group = groups[reading.group] ?? Group()
        group.pages += 1
        group.items += reading.extraction.items.count
        group.withItems += reading.extraction.items.isEmpty ? 0 : 1
        group.links += reading.extraction.links.count
        for drop in reading.extraction.drops { group.drops[drop.reason.rawValue, default: 0] += 1 }
        for item in reading.extraction.items {
            for (name, value) in item.fields where value.saysSomething {
                group.cells[name, default: Cell()].filled += 1
            }
        }
        groups[reading.group] = group
    }

    /// Looks every expectation up that speaks of a field we have.
    mutating func compareExpectations() throws {
        let mappings = try Expectation.mappings()
        let exceptions = try Expectation.exceptions()
        let byFile = Dictionary(readings.map { ($0.page.file, $0) }, uniquingKeysWith: { $1 })
        var used: Set<String> = []
        for line in try RecordedMaterial.lines("pages/expected.jsonl") {
            guard let expectation = Expectation(line), let reading = byFile[expectation.file] else { continue }
            guard let mapping = mappings["\(reading.page.kind)/\(expectation.field)"] ?? mappings[expectation.field]
            else {
                unmapped[reading.page.site, default: []].insert(expectation.field)
                continue
            }
            // Of rankings, seasons and searches only the links are taken; the values are those of the pages they lead to.
            guard let fields = reading.fields else {
                groups[reading.group]?.absent += 1
                continue
            }
            let field = mapping.paths.first.map { String($0.prefix { $0 != "." }) } ?? ""
            let result = expectation.holds(for: fields, mapping)
            if result.holds {
                equal += 1
                groups[reading.group]?.cells[field, default: Cell()].equal += 1
            } else if let known = exceptions.first(where: {
                expectation.file.hasSuffix($0.file) && $0.field == expectation.field
            }) {
                used.insert("\(known.file)|\(known.field)")
                excepted += 1
                groups[reading.group]?.cells[field, default: Cell()].excepted += 1
            } else {
                problems.append(
                    "\(expectation.file)|\(expectation.field)|\(expectation.operation) \(expectation.value.serialized())"
                        + " ≠ \(result.ours)")
            }
        }
        for exception in exceptions
        where byFile.keys.contains(where: { $0.hasSuffix(exception.file) })
            && !used.contains("\(exception.file)|\(exception.field)")
        {
            problems.append("this exception is not needed any more: \(exception.file) | \(exception.field)")
        }
    }

    /// The page that took longest.
    var slowest: (page: RecordedPage, duration: Duration) {
        let slowest = readings.max { $0.duration < $1.duration }
        return slowest.map { ($0.page, $0.duration) } ?? (readings[0].page, .zero)
    }

    var description: String {
        let median = readings.map(\.duration).sorted()[readings.count / 2]
        var lines = groups.keys.sorted().flatMap { name in groups[name].map { Self.lines(name, $0) } ?? [] }
        lines.append(
            "\(readings.count) pages, median \(median), slowest \(slowest.duration): \(slowest.page.file)")
        lines.append("\(equal) expectations equal, \(excepted) different for a reason")
        return lines.joined(separator: "\n")
    }

    /// A line of what came of the pages, then a field each: filled of items, expectations equal, different.
    private static func lines(_ name: String, _ group: Group) -> [String] {
        let drops = group.drops.sorted { $0.key < $1.key }.map { " \($0.key) \($0.value)" }.joined()
        let absent = group.absent > 0 ? ", \(group.absent) expectations of values we do not take" : ""
        let head =
            "\(name): \(group.pages) pages, \(group.items) items of \(group.withItems), \(group.links) links\(drops)\(absent)"
        let cells = group.cells.sorted { $0.key < $1.key }.map { field, cell in
            "\(field) \(cell.filled)/\(group.items)" + (cell.equal > 0 ? " =\(cell.equal)" : "")
                + (cell.excepted > 0 ? " ≠\(cell.excepted)" : "")
        }
        return [head] + (cells.isEmpty ? [] : ["    " + cells.joined(separator: " · ")])
    }
}

extension JSONValue {
    /// Whether there is anything in it.
    fileprivate var saysSomething: Bool {
        if case .object(let object) = self { return object.contains { $0.value.saysSomething } }
        return !isBlank
    }
}

import CrawlDomain
import WebStandards

/// What of a spider's file its fixture pages show to work, and what they do not.
public struct SpiderCoverage: Sendable {
    /// A rule that found nothing on any page.
    public struct Gap: Sendable, Hashable {
        /// What it is, bounded so that it can label a line of output.
        public enum Subject: String, Sendable { case page, item, field, way, link, paging, verdict }

        /// What it is.
        public let subject: Subject
        /// What it is called: `anime`, `anime entry.title`, `anime entry.title, way 2 of 5`.
        public let name: String
        /// Where it stands.
        public let place: RulePlace
    }

    /// What was never used, by place; what is inside of an unused page kind is not listed again.
    public private(set) var gaps: [Gap] = []
    /// How many rules there are.
    public private(set) var rules = 0
    private let file: String
    private let used: Set<RulePlace>
    private var seen: Set<RulePlace> = []

    /// How many of the rules found something.
    public var usedRules: Int { used.intersection(seen).count }

    /// - Parameters:
    ///   - file: Only its rules count, not those of files it extends, which have fixtures of their own.
    ///   - kinds: The page kinds of the pages read.
    init(_ spider: Spider, file: String, used: Set<RulePlace>, kinds: Set<String>) {
        self.file = file
        self.used = used
        for kind in spider.pages {
            guard kinds.contains(kind.name) else {
                add(.page, kind.name, kind.place)
                continue
            }
            add(kind)
        }
        for rule in spider.verdicts { add(.verdict, rule.reason.rawValue, rule.place) }
        gaps.sort { $0.place < $1.place }
    }

    private mutating func add(_ kind: PageKind) {
        for rule in kind.values { add(rule, of: "\(kind.name) ") }
        for item in kind.items {
            add(.item, "\(kind.name) \(item.type.rawValue)", item.place)
            for rule in item.values + item.fields { add(rule, of: "\(kind.name) \(item.type.rawValue).") }
        }
        for rule in kind.links { add(.link, "\(kind.name) to \(rule.page ?? "any page kind")", rule.place) }
        for paging in [kind.paging, kind.continuation] { add(.paging, kind.name, paging?.place) }
        for rule in kind.verdicts { add(.verdict, "\(kind.name) \(rule.reason.rawValue)", rule.place) }
    }

    /// A field none of whose ways found anything is named once, with all of them.
    private mutating func add(_ field: FieldRule, of outer: String) {
        let name = outer + field.name
        // What is said to be nothing finds nothing.
        let ways = field.alternatives.filter { if case .constant(.null) = $0.source { false } else { true } }
        guard !ways.isEmpty else { return }
        guard ways.contains(where: { $0.place.map(used.contains) ?? false }) else {
            return add(.field, name, field.place)
        }
        for (index, way) in ways.enumerated() {
            add(.way, ways.count > 1 ? "\(name), way \(index + 1) of \(ways.count)" : name, way.place)
            if case .record(_, let fields) = way.source, way.place.map(used.contains) ?? false {
                for field in fields { add(field, of: "\(name).") }
            }
        }
    }

    private mutating func add(_ subject: Gap.Subject, _ name: String, _ place: RulePlace?) {
        guard let place, place.file == file, seen.insert(place).inserted else { return }
        rules += 1
        if !used.contains(place) { gaps.append(Gap(subject: subject, name: name, place: place)) }
    }
}

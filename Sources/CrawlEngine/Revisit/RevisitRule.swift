public import CrawlDomain
public import Foundation
import WebStandards

/// How often pages of one kind are asked: their own terms, and those of classes that their items tell.
public struct RevisitRule: Sendable {
    /// A class of pages: airing anime, lists of active users.
    public struct Class: Sendable {
        /// Its name in the frontier.
        public let name: String
        /// Its terms.
        public let terms: RevisitTerms
        /// One of these must hold.
        let conditions: [ItemCondition]
    }

    /// Of pages that are of no class.
    public let terms: RevisitTerms
    /// The first whose condition holds counts.
    public let classes: [Class]
    /// Fields whose changes do not count, by the type of item; nil for ``usuallyIgnored``.
    let ignoredFields: Set<String>?

    /// Counters that go up with every visitor of the site, and places that move with them.
    public static let usuallyIgnored: [ItemType: Set<String>] = [
        .entry: [
            "members", "favorites", "scored_by", "rank", "popularity", "recommendations", "score_counts",
            "status_counts",
        ],
        .review: ["helpful", "reactions"],
        .user: ["statistics"],
    ]

    /// Pages that are asked at one age.
    public init(age: Duration) { self.init(terms: RevisitTerms(age: age), classes: [], ignoredFields: nil) }

    init(terms: RevisitTerms, classes: [Class], ignoredFields: Set<String>?) {
        self.terms = terms
        self.classes = classes
        self.ignoredFields = ignoredFields
    }

    /// Fields whose changes do not count.
    public var ignored: [ItemType: Set<String>] {
        guard let ignoredFields else { return Self.usuallyIgnored }
        return Dictionary(uniqueKeysWithValues: ItemType.allCases.map { ($0, ignoredFields) })
    }

    /// The class of a page with these items; nil for none.
    public func className(of items: [Item], now: Date) -> String? {
        classes.first { $0.conditions.contains { $0.holds(items, now: now) } }?.name
    }

    /// The terms of a class; of one the spider does not know any more, those of the page kind.
    public func terms(of className: String?) -> RevisitTerms {
        classes.first { $0.name == className }?.terms ?? terms
    }
}

/// What must hold of a page's items; all of it.
struct ItemCondition: Sendable {
    enum Test: Sendable {
        case value(ValueTest)
        /// The newest date among the values is at most so old.
        case within(Duration)
    }

    let path: JSONPath
    let tests: [Test]

    func holds(_ items: [Item], now: Date) -> Bool {
        let values = items.flatMap { path.values(in: .object($0.fields)) }.flatMap { $0.arrayValue ?? [$0] }
        return tests.allSatisfy { test in
            switch test {
            case .value(let test): test.holds(values)
            case .within(let age):
                values.compactMap { $0.stringValue.flatMap(Self.date) }.max().map {
                    now.timeIntervalSince($0) <= age.seconds
                } ?? false
            }
        }
    }

    /// A time or a day as items hold them (ISO 8601).
    private static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: .iso8601.year().month().day()))
    }
}

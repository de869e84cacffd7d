import CrawlDomain

/// Which rules of a spider found something on the pages read so far, and which rule gave which item.
///
/// Rules are told apart by where they stand: one of a fragment counts as used whichever page kind includes it.
final class RuleUse {
    /// The rules that found something.
    private(set) var places: Set<RulePlace> = []
    private var rules: [String: ItemRule] = [:]

    /// Notes that a rule found something.
    func note(_ place: RulePlace?) {
        if let place { places.insert(place) }
    }

    /// Notes which rule gave an item.
    func note(_ rule: ItemRule, gave item: Item) {
        note(rule.place)
        rules["\(item.type.rawValue) \(item.key)"] = rule
    }

    /// The rule that gave an item.
    func rule(of item: Item) -> ItemRule? { rules["\(item.type.rawValue) \(item.key)"] }
}

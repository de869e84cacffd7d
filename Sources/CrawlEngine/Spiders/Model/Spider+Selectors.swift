import Markup

extension Spider {
    /// A selector that has no compiled form, so that libxml2 answers it on a tree of its own, which takes far longer.
    public struct SlowSelector: Sendable, Hashable {
        /// The selector as written.
        public let selector: String
        /// What cannot be compiled.
        public let reason: String
    }

    /// How many different selectors the spider has.
    public var selectorCount: Int { Set(allSelectors.map(\.source)).count }

    /// The selectors that libxml2 must answer, each once.
    public var slowSelectors: [SlowSelector] {
        var found: [SlowSelector] = []
        for selector in allSelectors {
            guard case .libxml2(let reason) = selector.engine else { continue }
            let slow = SlowSelector(selector: selector.source, reason: reason)
            if !found.contains(slow) { found.append(slow) }
        }
        return found
    }

    private var allSelectors: [Selector] {
        verdicts.flatMap(\.condition.selectors) + labels.map(\.label) + pages.flatMap(\.selectors)
    }

    /// For each page kind all selectors that its pages are asked.
    static func selectorSets(
        pages: [PageKind], verdicts: [VerdictRule], labels: [LabelRule]
    ) -> [String: SelectorSet] {
        let common = verdicts.flatMap(\.condition.selectors) + labels.map(\.label) + PageSelectors.all
        let sets = pages.map { ($0.name, SelectorSet($0.selectors + common)) }
        return Dictionary(sets, uniquingKeysWith: { first, _ in first })
    }
}

import Markup

// The selectors in rules, so that a page can be made ready for all of them at once.

extension Condition {
    var selectors: [Selector] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.selectors)
        case .not(let part): part.selectors
        case .value(let way, _): way.selectors
        case .status, .title, .body: []
        }
    }
}

extension ValueSource {
    var selectors: [Selector] {
        switch self {
        case .selector(let selector): [selector]
        case .json(_, let inside): inside.map { [$0] } ?? []
        case .test(let condition): condition.selectors
        case .record(let each, let fields): (each?.selectors ?? []) + fields.flatMap(\.selectors)
        case .meta, .jsonLD, .label, .constant, .named, .template: []
        }
    }
}

extension FieldAlternative {
    var selectors: [Selector] {
        source.selectors + (select.map { [$0] } ?? []) + without + until + (condition?.selectors ?? [])
    }
}

extension FieldRule {
    var selectors: [Selector] { alternatives.flatMap(\.selectors) }
}

extension ItemRule {
    var selectors: [Selector] {
        (condition?.selectors ?? []) + (each?.selectors ?? []) + (values + fields).flatMap(\.selectors)
    }
}

extension LinkRule {
    var selectors: [Selector] {
        let ways: [FieldAlternative] = if case .found(let ways) = origin { ways } else { [] }
        return (condition?.selectors ?? []) + (ways + signal).flatMap(\.selectors)
    }
}

extension PagingRule {
    var selectors: [Selector] { rows.selectors + (condition?.selectors ?? []) }
}

extension PageKind {
    var selectors: [Selector] {
        var found = (condition?.selectors ?? []) + verdicts.flatMap(\.condition.selectors)
        found += values.flatMap(\.selectors) + items.flatMap(\.selectors) + links.flatMap(\.selectors)
        return found + [paging, continuation].flatMap { $0?.selectors ?? [] }
    }
}

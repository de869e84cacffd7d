import Markup
import WebStandards

/// The common case, a field of one value: no lists are made on the way to it.
extension FieldEvaluator {
    /// The first value one way finds that is not blank; nil when there is none.
    func first(of way: FieldAlternative, in scope: Scope) -> JSONValue? {
        guard let single = way.single, way.until.isEmpty, way.select == nil else {
            return values(of: way, in: scope, all: false).first
        }
        guard way.condition.map({ holds($0, in: scope) }) ?? true else { return .none }
        switch way.source {
        case .selector(let selector) where selector.isDirect && scope.node != nil:
            guard let node = page.end(of: selector, from: scope.node) else { return .none }
            return value(of: .node(node, except: []), way, single, in: scope)
        case .selector(let selector):
            guard scope.json == nil, let selection = page.selection(selector, from: scope.node),
                case .nodes(let nodes) = selection
            else { break }
            for node in nodes {
                if let value = value(of: .node(node, except: []), way, single, in: scope) { return value }
            }
            return .none
        case .constant(let constant): return value(of: .value(constant), way, single, in: scope)
        default: break
        }
        for finding in findings(of: way, in: scope) {
            if let value = value(of: finding, way, single, in: scope) { return value }
        }
        return .none
    }

    private func value(
        of finding: Finding, _ way: FieldAlternative, _ converters: [EachConverter], in scope: Scope
    ) -> JSONValue? {
        guard let value = read(finding, way) else { return .none }
        return converted(value, by: converters, in: scope)
    }
}

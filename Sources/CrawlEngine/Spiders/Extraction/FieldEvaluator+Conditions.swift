import WebStandards

extension FieldEvaluator {
    /// Whether a condition holds at a place.
    func holds(_ condition: Condition, in scope: Scope) -> Bool {
        switch condition {
        case .all(let parts): parts.allSatisfy { holds($0, in: scope) }
        case .any(let parts): parts.contains { holds($0, in: scope) }
        case .not(let part): !holds(part, in: scope)
        case .status(let ranges): ranges.contains { $0.contains(page.status) }
        case .title(let texts): texts.contains { page.title.contains($0) }
        case .body(let texts): texts.contains { ByteText.contains($0, in: page.content.bytes) }
        case .value(let way, let test): holds(test, way, in: scope)
        }
    }

    private func holds(_ test: ValueTest, _ way: FieldAlternative, in scope: Scope) -> Bool {
        let found = findings(of: way, in: scope)
        guard way.condition.map({ holds($0, in: scope) }) ?? true else { return false }
        switch test {
        case .atLeast(let count) where way.converters.isEmpty: return found.count >= count
        // A node that is there counts, whatever its text.
        case .exists where way.converters.isEmpty && found.contains(where: \.isNode): return true
        default: return test.holds(values(of: way, in: scope, all: true))
        }
    }
}

extension Finding {
    var isNode: Bool { if case .value = self { false } else { true } }
}

import Markup
import WebStandards

/// Finds the values of fields on one page.
struct FieldEvaluator {
    let page: PageReading

    /// The value of a field from a place; null, or an empty list, when there is none.
    func value(of rule: FieldRule, in scope: Scope) -> JSONValue {
        if let ways = rule.singleWays {
            for way in ways {
                guard let value = first(of: way, in: scope) else { continue }
                page.use?.note(way.place)
                return value
            }
            return .null
        }
        let takesAll = rule.isList || rule.converters.contains(where: \.needsAllValues)
        var values: [JSONValue] = []
        for alternative in rule.alternatives {
            let found = self.values(of: alternative, in: scope, all: takesAll)
            if !found.isEmpty { page.use?.note(alternative.place) }
            values += found
            if !values.isEmpty, !rule.addsUp { break }
        }
        values = converted(values, by: rule.converters[...], in: scope)
        return rule.isList ? .array(values) : values.first ?? .null
    }

    /// The values one way finds, without blank ones; only the first, unless all are wanted.
    func values(of way: FieldAlternative, in scope: Scope, all: Bool) -> [JSONValue] {
        guard way.condition.map({ holds($0, in: scope) }) ?? true else { return [] }
        let found = findings(of: way, in: scope)
        if all || way.converters.contains(where: \.needsAllValues) {
            let values = found.compactMap { read($0, way) }
            return converted(values, by: way.converters[...], in: scope)
        }
        for finding in found {
            guard let value = read(finding, way) else { continue }
            if let single = way.single {
                if let value = converted(value, by: single, in: scope) { return [value] }
                continue
            }
            let values = converted([value], by: way.converters[...], in: scope)
            if !values.isEmpty { return values }
        }
        return []
    }

    func converted(_ value: JSONValue, by converters: [EachConverter], in scope: Scope) -> JSONValue? {
        guard !converters.isEmpty else { return value }
        var value = value
        var context: ConversionContext?
        for converter in converters {
            guard let next = converted(value, by: converter, in: scope, &context), !next.isBlank else { return nil }
            value = next
        }
        return value
    }

    /// Makes the context for the first converter that asks for more than the value.
    private func converted(
        _ value: JSONValue, by converter: EachConverter, in scope: Scope, _ context: inout ConversionContext?
    ) -> JSONValue? {
        if let function = converter.ofText {
            guard let text = NumberText.text(value) else { return .none }
            return function(text)
        }
        if let context { return converter.function(value, context) }
        let made = ConversionContext(base: page.base) { scope.value(named: $0) ?? page.value(named: $0) }
        context = made
        return converter.function(value, made)
    }

    private func converted(
        _ values: [JSONValue], by converters: ArraySlice<any ValueConverter>, in scope: Scope
    ) -> [JSONValue] {
        guard !converters.isEmpty else { return values }
        let context = ConversionContext(base: page.base) { scope.value(named: $0) ?? page.value(named: $0) }
        return converters.reduce(values) { $1.convert($0, in: context).filter { !$0.isBlank } }
    }

    /// What a source finds, before it is read.
    func findings(of way: FieldAlternative, in scope: Scope) -> [Finding] {
        var found = source(way.source, in: scope)
        if !way.until.isEmpty { found = found.compactMap { following($0, until: way.until) } }
        if let select = way.select { found = found.flatMap { self.select(select, inside: $0) } }
        return found
    }

    private func select(_ selector: Selector, inside found: Finding) -> [Finding] {
        guard case .node(let node, let except) = found else { return [] }
        return page.select(selector, from: node).filter { !$0.isInside(except, of: node) }.map {
            .node($0, except: except)
        }
    }

    /// What follows a node within its parent, up to a node that is, or holds, what a selector of `until` finds.
    private func following(_ found: Finding, until selectors: [Selector]) -> Finding? {
        guard case .node(let start, _) = found, let parent = start.parent else { return nil }
        let children = parent.children
        guard let first = children.firstIndex(of: start) else { return nil }
        let end =
            children[(first + 1)...].firstIndex { node in
                node.kind == .element && selectors.contains { !page.select($0, from: node).isEmpty }
            } ?? children.endIndex
        return .node(parent, except: Set(children[...first]).union(children[end...]))
    }

    private func source(_ source: ValueSource, in scope: Scope) -> [Finding] {
        switch source {
        case .selector(let selector): return selected(selector, in: scope)
        case .json(let path, let inside): return json(path, inside, in: scope)
        case .meta(let name): return page.meta[name].map { [.value(.string($0))] } ?? []
        case .jsonLD(let path): return page.linkedData.flatMap { path.values(in: $0) }.map(Finding.value)
        case .label(let names): return page.labels[names]
        case .constant(let value): return [.value(value)]
        case .named(let name):
            let value = scope.value(named: name) ?? page.value(named: name)
            return (value?.arrayValue ?? value.map { [$0] } ?? []).map(Finding.value)
        case .template(let template):
            let text = template.filled { scope.value(named: $0) ?? page.value(named: $0) }
            return text.map { [.value(.string($0))] } ?? []
        case .test(let condition): return [.value(.bool(holds(condition, in: scope)))]
        case .record(let each, let fields): return records(each, fields, in: scope)
        }
    }

    private func selected(_ selector: Selector, in scope: Scope) -> [Finding] {
        guard scope.json == nil, let selection = page.selection(selector, from: scope.node) else { return [] }
        switch selection {
        case .nodes(let nodes): return nodes.map { .node($0, except: []) }
        case .string(let text): return [.value(.string(HTMLText.collapsed(text)))]
        case .number(let number): return [.value(Int64(exactly: number).map(JSONValue.int) ?? .double(number))]
        case .bool(let bool): return [.value(.bool(bool))]
        }
    }

    private func json(_ path: JSONPath, _ inside: Selector?, in scope: Scope) -> [Finding] {
        let roots =
            if let inside { page.embeddedJSON(inside, from: scope.node) } else {
                (scope.json ?? page.content.json).map { [$0] } ?? []
            }
        return roots.flatMap { path.values(in: $0) }.map(Finding.value)
    }

    /// Objects of the fields found at each place; those without a required field, or without any, are left out.
    private func records(_ each: FieldAlternative?, _ fields: [FieldRule], in scope: Scope) -> [Finding] {
        let places = each.map { self.places(of: $0, in: scope) } ?? [scope.inner()]
        return places.compactMap { place in record(fields, at: place).map { .value(.object($0)) } }
    }

    /// The places one way finds: nodes or values, or what its converters make of them.
    func places(of way: FieldAlternative, in scope: Scope) -> [Scope] {
        guard way.condition.map({ holds($0, in: scope) }) ?? true else { return [] }
        guard !way.converters.isEmpty else { return findings(of: way, in: scope).map { scope.inner($0) } }
        return values(of: way, in: scope, all: true).map { scope.inner(.value($0)) }
    }

    /// The fields at a place; nil when a required one is missing or all are.
    func record(_ fields: [FieldRule], at place: Scope) -> JSONObject? {
        place.reserve(fields.count)
        for rule in fields {
            let value = self.value(of: rule, in: place)
            if rule.isRequired, value.isBlank { return nil }
            place.set(rule.name, value)
        }
        let isBlank = place.fields.withMembers { $0.allSatisfy { $0.value.isBlank } }
        return isBlank ? nil : place.fields
    }
}

extension MarkupNode {
    /// Whether the node, or one around it within `root`, is among the nodes.
    fileprivate func isInside(_ nodes: Set<MarkupNode>, of root: MarkupNode) -> Bool {
        guard !nodes.isEmpty else { return false }
        var next: MarkupNode? = self
        while let node = next, node != root {
            if nodes.contains(node) { return true }
            next = node.parent
        }
        return false
    }
}

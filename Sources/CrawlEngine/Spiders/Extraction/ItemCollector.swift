import CrawlDomain
import WebStandards

/// Makes the items of a page.
struct ItemCollector {
    let page: PageReading
    let pipeline: ItemPipeline
    let limits: ExtractionLimits

    func collect(into extraction: inout Extraction) {
        var seen: Set<String> = []
        for rule in page.kind.items where page.holds(rule.condition) {
            for place in places(of: rule) {
                guard extraction.items.count < limits.maximumItems else {
                    return extraction.drops.append(
                        Drop(.tooLarge, type: rule.type, detail: "more than \(limits.maximumItems) items"))
                }
                switch item(rule, at: place) {
                case .item(let item) where !item.saysSomething: continue
                case .item(let item) where seen.insert("\(item.type.rawValue) \(item.key)").inserted:
                    page.use?.note(rule, gave: item)
                    extraction.items.append(item)
                case .item(let item):
                    extraction.drops.append(
                        Drop(.duplicate, type: item.type, key: item.key, detail: "the page has it twice"))
                case .drop(let drop): extraction.drops.append(drop)
                }
            }
        }
    }

    private func places(of rule: ItemRule) -> [Scope] {
        let outer = Scope()
        guard let each = rule.each else { return [outer] }
        return FieldEvaluator(page: page).places(of: each, in: outer)
    }

    private func item(_ rule: ItemRule, at place: Scope) -> ItemPipeline.Outcome {
        let schema = pipeline.schemas[rule.type]
        let evaluator = FieldEvaluator(page: page)
        place.reserve(rule.fields.count)
        for value in rule.values { place.define(value.name, evaluator.value(of: value, in: place)) }
        for field in rule.fields {
            let value = evaluator.value(of: field, in: place)
            place.set(field.name, value)
            if field.isRequired, value.isBlank {
                return .drop(Drop(.missingField, type: rule.type, detail: "\(field.name): the page has none"))
            }
        }
        guard let key = rule.key.filled({ place.value(named: $0) ?? page.value(named: $0) }) else {
            return .drop(Drop(.missingField, type: rule.type, detail: "_id: '\(rule.key)' lacks a value"))
        }
        // What a page says must not become another site's item, whatever the spider makes its keys of.
        if let site = page.value(named: "site")?.stringValue, !key.hasPrefix("\(site):") {
            return .drop(
                Drop(
                    .invalidField, type: rule.type, key: key, detail: "_id: expected a key that begins with '\(site):'")
            )
        }
        var raw: JSONObject = ["_id": .string(key)]
        raw.reserveCapacity(place.fields.count + 3)
        // An addition stands on another page than the document.
        let common = rule.extent.isAddition ? ["site"] : ["site", "url"]
        for name in common where schema[property: name] != nil && place.fields[name] == nil {
            raw[name] = page.value(named: name)
        }
        for (name, value) in place.fields { raw[name] = value }
        return pipeline.process(raw, type: rule.type, extent: rule.extent)
    }
}

extension Item {
    /// Whether there is more to it than its identity; an addition of nothing is no item.
    fileprivate var saysSomething: Bool {
        !extent.isAddition
            || fields.contains { !["_id", "site", "id", "name"].contains($0.key) && !$0.value.isNothing }
    }
}

extension JSONValue {
    /// Whether it is null, or an empty text, list or object.
    fileprivate var isNothing: Bool {
        if case .object(let object) = self { return object.allSatisfy { $0.value.isNothing } }
        return isBlank
    }
}

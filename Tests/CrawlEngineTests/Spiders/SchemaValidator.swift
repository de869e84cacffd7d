import WebStandards

@testable import CrawlEngine

/// Validates JSON the way editors do, as far as `schemas/spider.schema.json` needs it.
///
/// Source: JSON Schema draft-07, https://json-schema.org/draft-07/json-schema-validation.
struct SchemaValidator {
    let root: JSONValue

    /// Keywords it knows; the schema may use no other.
    static let keywords: Set<String> = [
        "$schema", "$ref", "title", "description", "type", "properties", "patternProperties", "additionalProperties",
        "required",
        "minProperties", "items", "minItems", "maxItems", "oneOf", "anyOf", "enum", "const", "pattern", "minimum",
        "maximum",
        "exclusiveMinimum", "definitions",
    ]

    /// What is wrong, by place; none when the value is valid.
    func mistakes(_ value: JSONValue, _ schema: JSONValue? = nil, at place: String = "$") -> [String] {
        guard let schema = (schema ?? root).objectValue else {
            return schema == .bool(false) ? ["\(place): refused"] : []
        }
        if let reference = schema["$ref"]?.stringValue {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let target = root["definitions"]?[name] else { return ["\(place): no definition '\(name)'"] }
            return mistakes(value, target, at: place)
        }
        return ofValue(value, schema, place) + ofText(value, schema, place) + ofChoice(value, schema, place)
            + ofObject(value, schema, place) + ofList(value, schema, place)
    }

    private func ofValue(_ value: JSONValue, _ schema: JSONObject, _ place: String) -> [String] {
        var found: [String] = []
        if let type = schema["type"]?.stringValue, !isType(type, value) { found.append("\(place): expected \(type)") }
        if let choices = schema["enum"]?.arrayValue, !choices.contains(value) {
            found.append("\(place): not of the enum")
        }
        if let constant = schema["const"], constant != value { found.append("\(place): expected \(constant)") }
        if let number = value.doubleValue {
            if let least = schema["minimum"]?.doubleValue, number < least { found.append("\(place): below \(least)") }
            if let most = schema["maximum"]?.doubleValue, number > most { found.append("\(place): above \(most)") }
            if let least = schema["exclusiveMinimum"]?.doubleValue, number <= least {
                found.append("\(place): not above \(least)")
            }
        }
        return found
    }

    private func ofText(_ value: JSONValue, _ schema: JSONObject, _ place: String) -> [String] {
        guard let text = value.stringValue, let source = schema["pattern"]?.stringValue else { return [] }
        guard let pattern = try? Pattern(source) else { return ["\(place): the schema's pattern \(source) is none"] }
        return pattern.isFound(in: text) ? [] : ["\(place): '\(text)' does not match \(source)"]
    }

    private func ofChoice(_ value: JSONValue, _ schema: JSONObject, _ place: String) -> [String] {
        var found: [String] = []
        if let choices = schema["oneOf"]?.arrayValue {
            let results = choices.map { mistakes(value, $0, at: place) }
            let fitting = results.filter(\.isEmpty).count
            if fitting != 1 {
                found.append(
                    "\(place): fits \(fitting) of \(choices.count): \(results.flatMap(\.self).joined(separator: "; "))")
            }
        }
        if let choices = schema["anyOf"]?.arrayValue,
            !choices.contains(where: { mistakes(value, $0, at: place).isEmpty })
        {
            found.append("\(place): fits none of \(choices.count)")
        }
        return found
    }

    private func ofObject(_ value: JSONValue, _ schema: JSONObject, _ place: String) -> [String] {
        guard let object = value.objectValue else { return [] }
        var found = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue).filter { object[$0] == nil }
            .map { "\(place): '\($0)' is missing" }
        if let least = schema["minProperties"]?.intValue, object.count < least {
            found.append("\(place): too few keys")
        }
        for (key, value) in object {
            if let known = schema["properties"]?[key] {
                found += mistakes(value, known, at: "\(place).\(key)")
            } else if let matching = schema["patternProperties"]?.objectValue?.first(where: { key.contains($0.key) }) {
                found += mistakes(value, matching.value, at: "\(place).\(key)")
            } else if let others = schema["additionalProperties"] {
                found +=
                    others == .bool(false)
                    ? ["\(place): unknown key '\(key)'"] : mistakes(value, others, at: "\(place).\(key)")
            }
        }
        return found
    }

    private func ofList(_ value: JSONValue, _ schema: JSONObject, _ place: String) -> [String] {
        guard let list = value.arrayValue else { return [] }
        var found: [String] = []
        if let least = schema["minItems"]?.intValue, list.count < least { found.append("\(place): too few") }
        if let most = schema["maxItems"]?.intValue, list.count > most { found.append("\(place): too many") }
        if let items = schema["items"] {
            found += list.enumerated().flatMap { mistakes($0.element, items, at: "\(place)[\($0.offset)]") }
        }
        return found
    }

    private func isType(_ type: String, _ value: JSONValue) -> Bool {
        switch type {
        case "string": value.stringValue != nil
        case "integer": value.intValue != nil
        case "number": value.doubleValue != nil
        case "boolean": value.boolValue != nil
        case "array": value.arrayValue != nil
        case "object": value.objectValue != nil
        default: false
        }
    }

    /// The keywords used anywhere in a schema.
    static func keywords(in schema: JSONValue) -> Set<String> {
        var found: Set<String> = []
        for (key, value) in schema.objectValue ?? [:] {
            found.insert(key)
            if ["properties", "definitions", "patternProperties"].contains(key) {
                for (_, inner) in value.objectValue ?? [:] { found.formUnion(keywords(in: inner)) }
            } else {
                found.formUnion(keywords(in: value))
            }
        }
        for value in schema.arrayValue ?? [] { found.formUnion(keywords(in: value)) }
        return found
    }
}

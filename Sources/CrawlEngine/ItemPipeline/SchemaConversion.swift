import WebStandards

/// Brings a raw value to what a schema asks for, where that loses nothing; everything else stays for validation to refuse.
enum SchemaConversion {
    static func convert(_ value: JSONValue, to schema: JSONSchema) -> JSONValue {
        switch value {
        case .null: return schema.allows(.null) || !schema.allows(.array) ? .null : .array([])
        case .object(let object):
            return schema.allows(.array) && !schema.allows(.object)
                ? .array([convert(value, toElementOf: schema)]) : .object(fields(of: object, schema))
        case .array(let values): return list(values, schema)
        case .string(let text): return scalar(.string(CleanText.clean(text)), schema)
        case .bool, .int, .double: return scalar(value, schema)
        }
    }

    private static func convert(_ value: JSONValue, toElementOf schema: JSONSchema) -> JSONValue {
        schema.sharedSchemaOfElements.map { convert(value, to: $0.schema) } ?? value
    }

    private static func list(_ values: [JSONValue], _ schema: JSONSchema) -> JSONValue {
        guard schema.types != nil, !schema.allows(.array) else {
            return .array(values.map { convert($0, toElementOf: schema) })
        }
        // A single value was wanted: an empty list says there is none.
        return values.isEmpty ? .null : values.count == 1 ? convert(values[0], to: schema) : .array(values)
    }

    /// The schema's fields in its order, absent ones empty; then what the schema does not know.
    private static func fields(of object: JSONObject, _ schema: JSONSchema) -> JSONObject {
        var fields = JSONObject()
        for property in schema.properties {
            if let value = object[property.name] {
                fields[property.name] = convert(value, to: property.schema)
            } else if ItemPipeline.bookkeeping.contains(property.name) {
                continue
            } else if property.schema.allows(.null) {
                fields[property.name] = .null
            } else if property.schema.allows(.array) {
                fields[property.name] = .array([])
            }
        }
        for (name, value) in object where fields[name] == nil {
            fields[name] = value
        }
        return fields
    }

    private static func scalar(_ value: JSONValue, _ schema: JSONSchema) -> JSONValue {
        if let number = identifier(value, schema) { return .int(number) }
        guard let types = schema.types, !schema.allowsType(of: value) else { return emptied(value, schema) }
        if types.contains(.array), !types.contains(.string) {
            return value == .string("") ? .array([]) : .array([convert(value, toElementOf: schema)])
        }
        let converted =
            if types.contains(.double) {
                NumberText.double(value).map(JSONValue.double)
            } else if types.contains(.int) || types.contains(.long) {
                NumberText.int(value).map(JSONValue.int)
            } else if types.contains(.bool) {
                NumberText.bool(value).map(JSONValue.bool)
            } else if types.contains(.string) { NumberText.text(value).map(JSONValue.string) } else { JSONValue?.none }
        return converted ?? emptied(value, schema)
    }

    /// The number that a text is, where the schema allows a number or a name: a page's "5" and an answer's 5 are one.
    private static func identifier(_ value: JSONValue, _ schema: JSONSchema) -> Int64? {
        guard case .string(let text) = value, schema.allows(.int), schema.allows(.string), schema.types != nil,
            let number = Int64(text), String(number) == text
        else { return nil }
        return number
    }

    private static func emptied(_ value: JSONValue, _ schema: JSONSchema) -> JSONValue {
        value == .string("") && schema.allows(.null) ? .null : value
    }
}

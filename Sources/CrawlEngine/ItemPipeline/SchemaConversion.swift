import WebStandards

/// Brings a raw value to what a schema asks for, where that loses nothing; everything else stays for validation to refuse.
enum SchemaConversion {
    static func convert(_ value: JSONValue, to schema: JSONSchema) -> JSONValue {
        convert(value, at: JSONSchema.Property(name: "", schema: schema))
    }

    private static func convert(_ value: JSONValue, at place: JSONSchema.Property) -> JSONValue {
        switch value {
        case .null: return place.empty ?? .null
        case .object(let object):
            guard !isSettled(value, place) else { return value }
            return place.schema.allows(.array) && !place.schema.allows(.object)
                ? .array([convert(value, toElementOf: place)]) : .object(fields(of: object, place))
        case .array(let values): return list(values, place)
        case .string(let text):
            return CleanText.isSurelyClean(text) ? scalar(value, place) : scalar(.string(CleanText.clean(text)), place)
        case .bool, .int, .double: return scalar(value, place)
        }
    }

    /// Whether a value surely is as the schema asks for it, so that it need not be built anew: most records of a list are.
    private static func isSettled(_ value: JSONValue, _ place: JSONSchema.Property) -> Bool {
        let schema = place.schema
        switch value {
        case .null: return place.empty.map(\.isNull) ?? true
        case .object(let object):
            return (!schema.allows(.array) || schema.allows(.object))
                && object.withMembers { areSettled($0, schema.properties) }
        case .array(let values):
            guard schema.types == nil || schema.allows(.array) else { return false }
            guard let element = schema.sharedSchemaOfElements else { return true }
            return values.allSatisfy { isSettled($0, element) }
        case .string(let text):
            return schema.allows(.string) && !schema.allows(.int) && !(text.isEmpty && schema.allows(.null))
                && CleanText.isSurelyClean(text)
        case .bool, .int, .double: return schema.allowsType(of: value)
        }
    }

    /// Whether members stand in the order of the properties, none of which is missing that an item would have.
    private static func areSettled(
        _ members: UnsafeBufferPointer<JSONObject.Member>, _ properties: [JSONSchema.Property]
    ) -> Bool {
        var next = 0
        for member in members {
            while next < properties.count, properties[next].name != member.key {
                guard properties[next].absent == nil else { return false }
                next += 1
            }
            guard next < properties.count, isSettled(member.value, properties[next]) else { return false }
            next += 1
        }
        return properties[next...].allSatisfy { $0.absent == nil }
    }

    private static func convert(_ value: JSONValue, toElementOf place: JSONSchema.Property) -> JSONValue {
        place.schema.sharedSchemaOfElements.map { convert(value, at: $0) } ?? value
    }

    private static func list(_ values: [JSONValue], _ place: JSONSchema.Property) -> JSONValue {
        guard place.schema.types != nil, !place.schema.allows(.array) else {
            return .array(values.map { convert($0, toElementOf: place) })
        }
        // A single value was wanted: an empty list says there is none.
        return values.isEmpty ? .null : values.count == 1 ? convert(values[0], at: place) : .array(values)
    }

    /// The schema's fields in its order, absent ones empty; then what the schema does not know.
    private static func fields(of object: JSONObject, _ place: JSONSchema.Property) -> JSONObject {
        let properties = place.schema.properties
        var values = [JSONValue?](repeating: nil, count: properties.count)
        var unknown: [JSONObject.Member] = []
        var next = 0
        object.withMembers { members in
            for member in members {
                if let found = place.schema.place(of: member.key, guess: next) {
                    values[found] = convert(member.value, at: properties[found])
                    next = found + 1
                } else {
                    unknown.append(member)
                }
            }
        }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(properties.count + unknown.count)
        for (property, value) in zip(properties, values) {
            if let value = value ?? property.absent {
                members.append(JSONObject.Member(key: property.name, value: value))
            }
        }
        members += unknown
        return JSONObject(distinct: members)
    }

    private static func scalar(_ value: JSONValue, _ place: JSONSchema.Property) -> JSONValue {
        if let number = identifier(value, place) { return .int(number) }
        guard !place.schema.allowsType(of: value), let types = place.schema.types else { return emptied(value, place) }
        if types.contains(.array), !types.contains(.string) {
            return value == .string("") ? .array([]) : .array([convert(value, toElementOf: place)])
        }
        let converted =
            if types.contains(.double) {
                NumberText.double(value).map(JSONValue.double)
            } else if types.contains(.int) || types.contains(.long) {
                NumberText.int(value).map(JSONValue.int)
            } else if types.contains(.bool) {
                NumberText.bool(value).map(JSONValue.bool)
            } else if types.contains(.string) { NumberText.text(value).map(JSONValue.string) } else { JSONValue?.none }
        return converted ?? emptied(value, place)
    }

    /// The number that a text is, where the schema allows a number or a name: a page's "5" and an answer's 5 are one.
    private static func identifier(_ value: JSONValue, _ place: JSONSchema.Property) -> Int64? {
        guard case .string(let text) = value, place.schema.allows(.int), place.schema.allows(.string),
            place.schema.types != nil,
            let number = Int64(text), String(number) == text
        else { return nil }
        return number
    }

    private static func emptied(_ value: JSONValue, _ place: JSONSchema.Property) -> JSONValue {
        value == .string("") && place.schema.allows(.null) ? .null : value
    }
}

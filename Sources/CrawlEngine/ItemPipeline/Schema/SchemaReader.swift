import WebStandards

/// Reads one schema, keyword by keyword.
struct SchemaReader {
    /// The file and the place in it, for messages.
    let place: String

    func read(_ value: JSONValue) throws(ItemSchemaError) -> JSONSchema {
        guard let object = value.objectValue else { throw invalid("a schema", "an object") }
        var schema = JSONSchema()
        for (keyword, value) in object {
            try read(keyword, value, into: &schema)
        }
        return schema
    }

    private func read(_ keyword: String, _ value: JSONValue, into schema: inout JSONSchema) throws(ItemSchemaError) {
        switch keyword {
        case "title", "description": guard value.stringValue != nil else { throw invalid(keyword, "a text") }
        case "bsonType": schema.types = try types(keyword, value)
        case "type": schema.types = try types(keyword, value)
        case "properties": schema.properties = try properties(value)
        case "required": schema.required = try strings(keyword, value)
        case "additionalProperties": schema.additional = try additional(value)
        case "enum":
            guard let values = value.arrayValue, !values.isEmpty else { throw invalid(keyword, "a list of values") }
            schema.enumeration = values
        case "uniqueItems": schema.uniqueItems = try bool(keyword, value)
        case "pattern": schema.pattern = try pattern(value)
        case "items", "anyOf", "oneOf", "allOf", "not": try combine(keyword, value, into: &schema)
        default: try bound(keyword, value, into: &schema.bounds)
        }
    }

    private func combine(_ keyword: String, _ value: JSONValue, into schema: inout JSONSchema) throws(ItemSchemaError) {
        switch keyword {
        case "items": schema.items = [try inside(keyword).read(value)]
        case "not": schema.not = [try inside(keyword).read(value)]
        case "anyOf": schema.anyOf = try schemas(keyword, value)
        case "oneOf": schema.oneOf = try schemas(keyword, value)
        default: schema.allOf = try schemas(keyword, value)
        }
    }

    private func bound(_ keyword: String, _ value: JSONValue, into bounds: inout JSONSchema.Bounds)
        throws(ItemSchemaError)
    {
        switch keyword {
        case "minimum": bounds.minimum = try number(keyword, value)
        case "maximum": bounds.maximum = try number(keyword, value)
        case "exclusiveMinimum": bounds.exclusiveMinimum = try bool(keyword, value)
        case "exclusiveMaximum": bounds.exclusiveMaximum = try bool(keyword, value)
        case "minLength": bounds.length = try raised(bounds.length, keyword, value)
        case "maxLength": bounds.length = try lowered(bounds.length, keyword, value)
        case "minItems": bounds.itemCount = try raised(bounds.itemCount, keyword, value)
        case "maxItems": bounds.itemCount = try lowered(bounds.itemCount, keyword, value)
        case "minProperties": bounds.propertyCount = try raised(bounds.propertyCount, keyword, value)
        case "maxProperties": bounds.propertyCount = try lowered(bounds.propertyCount, keyword, value)
        default:
            throw ItemSchemaError(
                code: .unknownKeyword, place: place,
                message: "unknown keyword '\(keyword)'; MongoDB's dialect has no such keyword, or we do not need it")
        }
    }

    private func types(_ keyword: String, _ value: JSONValue) throws(ItemSchemaError) -> Set<JSONSchema.BSONType> {
        let names = value.stringValue.map { [$0] } ?? value.arrayValue?.compactMap(\.stringValue) ?? []
        var types: Set<JSONSchema.BSONType> = []
        for name in names {
            guard let type = JSONSchema.BSONType(rawValue: name == "boolean" ? "bool" : name) else {
                throw invalid(keyword, "one of \(JSONSchema.BSONType.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            types.formUnion(type == .number ? [.int, .long, .double, .decimal, .number] : [type])
        }
        guard !types.isEmpty else { throw invalid(keyword, "a type, or a list of types") }
        return types
    }

    private func properties(_ value: JSONValue) throws(ItemSchemaError) -> [JSONSchema.Property] {
        guard let object = value.objectValue else { throw invalid("properties", "an object") }
        var properties: [JSONSchema.Property] = []
        for (name, value) in object {
            let schema = try inside("properties/\(name)").read(value)
            properties.append(.init(name: name, schema: schema))
        }
        return properties
    }

    private func additional(_ value: JSONValue) throws(ItemSchemaError) -> JSONSchema.Additional {
        switch value {
        case .bool(let allowed): allowed ? .allowed : .refused
        default: .each(try inside("additionalProperties").read(value))
        }
    }

    private func schemas(_ keyword: String, _ value: JSONValue) throws(ItemSchemaError) -> [JSONSchema] {
        guard let values = value.arrayValue, !values.isEmpty else { throw invalid(keyword, "a list of schemas") }
        var schemas: [JSONSchema] = []
        for (index, value) in values.enumerated() {
            schemas.append(try inside("\(keyword)/\(index)").read(value))
        }
        return schemas
    }

    private func pattern(_ value: JSONValue) throws(ItemSchemaError) -> Pattern {
        guard let text = value.stringValue else { throw invalid("pattern", "a regular expression") }
        do {
            return try Pattern(text)
        } catch {
            throw invalid("pattern", "a regular expression (\(error.message))")
        }
    }

    private func strings(_ keyword: String, _ value: JSONValue) throws(ItemSchemaError) -> [String] {
        guard let values = value.arrayValue, !values.isEmpty, values.allSatisfy({ $0.stringValue != nil }) else {
            throw invalid(keyword, "a list of texts")
        }
        return values.compactMap(\.stringValue)
    }

    private func bool(_ keyword: String, _ value: JSONValue) throws(ItemSchemaError) -> Bool {
        guard case .bool(let bool) = value else { throw invalid(keyword, "true or false") }
        return bool
    }

    private func number(_ keyword: String, _ value: JSONValue) throws(ItemSchemaError) -> Double {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        default: throw invalid(keyword, "a number")
        }
    }

    private func count(_ keyword: String, _ value: JSONValue) throws(ItemSchemaError) -> Int {
        guard case .int(let number) = value, let count = Int(exactly: number), count >= 0 else {
            throw invalid(keyword, "a whole number of 0 or more")
        }
        return count
    }

    private func raised(
        _ range: ClosedRange<Int>?, _ keyword: String, _ value: JSONValue
    ) throws(ItemSchemaError) -> ClosedRange<Int> {
        let (low, high) = (try count(keyword, value), range?.upperBound ?? Int.max)
        guard low <= high else { throw invalid(keyword, "at most \(high)") }
        return low...high
    }

    private func lowered(
        _ range: ClosedRange<Int>?, _ keyword: String, _ value: JSONValue
    ) throws(ItemSchemaError) -> ClosedRange<Int> {
        let (low, high) = (range?.lowerBound ?? 0, try count(keyword, value))
        guard low <= high else { throw invalid(keyword, "at least \(low)") }
        return low...high
    }

    private func inside(_ step: String) -> SchemaReader { SchemaReader(place: "\(place)/\(step)") }

    private func invalid(_ keyword: String, _ expected: String) -> ItemSchemaError {
        ItemSchemaError(code: .invalidKeyword, place: place, message: "\(keyword): expected \(expected)")
    }
}

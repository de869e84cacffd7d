public import WebStandards

extension JSONSchema {
    /// The rules a value breaks, at most `limit` of them; none when it is valid.
    public func violations(of value: JSONValue, limit: Int = 10) -> [SchemaViolation] {
        // Nearly all values are valid, and then nobody asks where in them what stands.
        guard !isValid(value) else { return [] }
        var check = SchemaCheck(limit: limit, namesPlaces: true)
        check.check(value, Property(name: "", schema: self), at: "")
        return check.violations
    }

    /// Whether a value keeps all rules.
    public func isValid(_ value: JSONValue) -> Bool {
        var check = SchemaCheck(limit: 1, namesPlaces: false)
        check.check(value, Property(name: "", schema: self), at: "")
        return check.violations.isEmpty
    }
}

/// One walk over a value beside its schema, which is passed on in a class, as copying it would cost more than checking by it.
struct SchemaCheck {
    typealias Place = JSONSchema.Property

    let limit: Int
    /// Whether violations say where they are.
    let namesPlaces: Bool
    private(set) var violations: [SchemaViolation] = []

    init(limit: Int, namesPlaces: Bool) {
        self.limit = limit
        self.namesPlaces = namesPlaces
    }

    mutating func check(_ value: JSONValue, _ place: Place, at path: String) {
        guard violations.count < limit else { return }
        guard place.schema.allowsType(of: value) else {
            let expected = place.schema.types?.map(\.rawValue).sorted().joined(separator: " or ") ?? "nothing"
            return add(path, "bsonType", "expected \(expected), found \(value.typeName)")
        }
        if let allowed = place.schema.enumeration, !allowed.contains(value) {
            add(path, "enum", "expected one of \(allowed.map { $0.serialized() }.joined(separator: ", "))")
        }
        switch value {
        case .object(let object): check(object, place, at: path)
        case .array(let values): check(values, place, at: path)
        case .string(let text): check(text, place, at: path)
        case .int(let number): check(Double(number), place.schema.bounds, at: path)
        case .double(let number): check(number, place.schema.bounds, at: path)
        case .null, .bool: break
        }
        if place.schema.isCombined { checkCombinations(value, place.schema, at: path) }
    }

    private mutating func check(_ object: JSONObject, _ place: Place, at path: String) {
        for name in place.schema.required where object[name] == nil {
            add(join(path, name), "required", "the field is missing")
        }
        checkCount(object.count, place.schema.bounds.propertyCount, "minProperties", "maxProperties", at: path)
        object.withMembers { check($0, place, at: path) }
    }

    private mutating func check(_ members: UnsafeBufferPointer<JSONObject.Member>, _ place: Place, at path: String) {
        var next = 0
        for member in members {
            let name = member.key
            if let found = place.schema.place(of: name, guess: next) {
                check(member.value, place.schema.properties[found], at: join(path, name))
                next = found + 1
                continue
            }
            switch place.schema.additional {
            case .allowed: break
            case .refused: add(join(path, name), "additionalProperties", "the schema knows no such field")
            case .each(let other): check(member.value, Place(name: name, schema: other), at: join(path, name))
            }
        }
    }

    private mutating func check(_ values: [JSONValue], _ place: Place, at path: String) {
        checkCount(values.count, place.schema.bounds.itemCount, "minItems", "maxItems", at: path)
        if place.schema.uniqueItems, Set(values).count < values.count {
            add(path, "uniqueItems", "a value stands in the list twice")
        }
        guard let element = place.schema.sharedSchemaOfElements else { return }
        for (index, value) in values.enumerated() {
            check(value, element, at: join(path, String(index)))
        }
    }

    private mutating func check(_ text: String, _ place: Place, at path: String) {
        // Scalars are counted where their number is not told by that of bytes, of which there are as many or more.
        if let range = place.schema.bounds.length, range.lowerBound > 1 || !range.contains(text.utf8.count) {
            checkCount(text.unicodeScalars.count, range, "minLength", "maxLength", at: path)
        }
        if let pattern = place.schema.pattern, pattern.firstMatch(in: text) == nil {
            add(path, "pattern", "expected \(pattern.source), found '\(text.prefix(40))'")
        }
    }

    private mutating func check(_ number: Double, _ bounds: JSONSchema.Bounds, at path: String) {
        if let minimum = bounds.minimum, bounds.exclusiveMinimum ? number <= minimum : number < minimum {
            add(
                path, "minimum",
                "expected \(bounds.exclusiveMinimum ? "more than" : "at least") \(minimum), found \(number)")
        }
        if let maximum = bounds.maximum, bounds.exclusiveMaximum ? number >= maximum : number > maximum {
            add(
                path, "maximum",
                "expected \(bounds.exclusiveMaximum ? "less than" : "at most") \(maximum), found \(number)")
        }
    }

    private mutating func checkCount(
        _ count: Int, _ range: ClosedRange<Int>?, _ low: String, _ high: String, at path: String
    ) {
        guard let range, !range.contains(count) else { return }
        if count < range.lowerBound {
            add(path, low, "expected at least \(range.lowerBound), found \(count)")
        } else {
            add(path, high, "expected at most \(range.upperBound), found \(count)")
        }
    }

    private mutating func checkCombinations(_ value: JSONValue, _ schema: JSONSchema, at path: String) {
        for part in schema.allOf { check(value, Place(name: "", schema: part), at: path) }
        if !schema.anyOf.isEmpty, !schema.anyOf.contains(where: { $0.isValid(value) }) {
            add(path, "anyOf", "none of the alternatives fits")
        }
        if !schema.oneOf.isEmpty {
            let fitting = schema.oneOf.count { $0.isValid(value) }
            if fitting != 1 { add(path, "oneOf", "expected one alternative to fit, \(fitting) do") }
        }
        if schema.not.contains(where: { $0.isValid(value) }) { add(path, "not", "the value is ruled out") }
    }

    private mutating func add(_ path: String, _ rule: String, _ expectation: String) {
        guard violations.count < limit else { return }
        violations.append(SchemaViolation(path: path, rule: rule, expectation: expectation))
    }

    private func join(_ path: String, _ step: @autoclosure () -> String) -> String {
        guard namesPlaces else { return "" }
        return path.isEmpty ? step() : "\(path)/\(step())"
    }
}

extension JSONSchema {
    /// Whether the database would store the value as one of the types allowed.
    func allowsType(of value: JSONValue) -> Bool {
        switch value {
        case .null: allows(.null)
        case .bool: allows(.bool)
        case .int(let number): allows(Int32(exactly: number) == nil ? .long : .int)
        case .double: allows(.double)
        case .string: allows(.string)
        case .array: allows(.array)
        case .object: allows(.object)
        }
    }
}

extension JSONValue {
    /// The type's name in messages.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int(let number): Int32(exactly: number) == nil ? "long" : "int"
        case .double: "double"
        case .string(let text): "string '\(text.prefix(40))'"
        case .array: "array"
        case .object: "object"
        }
    }
}

import MongoDriver

/// One field of a collection as a reader of the database meets it.
public struct DictionaryField: Sendable, Hashable {
    /// Its place: "aired.from", "list[].score", "fields.*.items".
    public let path: String
    /// "string", "int or null", "list of string".
    public let type: String
    /// Whether every document has it, or every object it stands in.
    public let isRequired: Bool
    /// What it says, with its unit.
    public let meaning: String
    /// Values it is limited to; empty for any.
    public let values: [String]

    /// The fields of an object's schema, each before those inside it.
    static func fields(of schema: BSONDocument, below path: String = "") -> [DictionaryField] {
        let required = Set(schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        var fields: [DictionaryField] = []
        for (name, value) in schema["properties"]?.documentValue ?? [:] {
            guard let property = value.documentValue else { continue }
            let place = path.isEmpty ? name : "\(path).\(name)"
            fields.append(
                DictionaryField(
                    path: place, type: type(of: property), isRequired: required.contains(name),
                    meaning: property["description"]?.stringValue ?? "", values: values(of: property)))
            fields += inside(property, at: place)
        }
        return fields
    }

    /// What stands inside a list's values or an object.
    private static func inside(_ schema: BSONDocument, at place: String) -> [DictionaryField] {
        if let element = schema["items"]?.documentValue { return inside(element, at: place + "[]") }
        if schema["properties"] != nil { return fields(of: schema, below: place) }
        if let each = schema["additionalProperties"]?.documentValue { return fields(of: each, below: place + ".*") }
        return []
    }

    private static func type(of schema: BSONDocument) -> String {
        let stated = schema["bsonType"]
        let names = stated?.arrayValue?.compactMap(\.stringValue) ?? stated?.stringValue.map { [$0] } ?? ["any"]
        return names.map { name in
            guard name == "array" else { return name }
            return schema["items"]?.documentValue.map { "list of \(type(of: $0))" } ?? "list"
        }.joined(separator: " or ")
    }

    private static func values(of schema: BSONDocument) -> [String] {
        let allowed = schema["enum"] ?? schema["items"]?.documentValue?["enum"]
        return allowed?.arrayValue?.map { $0.stringValue ?? ($0 == .null ? "null" : "\($0)") } ?? []
    }
}

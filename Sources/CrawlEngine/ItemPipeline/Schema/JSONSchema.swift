public import WebStandards

/// A schema in MongoDB's `$jsonSchema` dialect: JSON Schema draft 4 with `bsonType`, without references and formats.
///
/// The database runs the same file as a validator; checking here first gives the reason a name. Keywords the database
/// would refuse are refused when the schema is read.
///
/// Source: MongoDB manual, "$jsonSchema", available keywords; JSON Schema draft 4, validation.
public struct JSONSchema: Sendable, Hashable {
    /// A value's type in the database; `number` stands for all four kinds of number.
    public enum BSONType: String, Sendable, Hashable, CaseIterable {
        case double, string, object, array, bool, date, null, int, long, decimal, objectId, binData, timestamp, number
    }

    /// What a key that `properties` does not name may hold.
    public enum Additional: Sendable, Hashable {
        case allowed, refused
        indirect case each(JSONSchema)
    }

    /// One named property.
    public struct Property: Sendable, Hashable {
        /// The field's name.
        public let name: String
        /// What its value must look like.
        public let schema: JSONSchema
    }

    /// The types allowed; nil for any.
    public internal(set) var types: Set<BSONType>?
    /// Properties in the order of the file, which is the order of an item's fields.
    public internal(set) var properties: [Property] = []
    /// Fields that must be there.
    public internal(set) var required: [String] = []
    /// What a field may hold that `properties` does not name.
    public internal(set) var additional: Additional = .allowed
    var items: [JSONSchema] = []
    /// The values allowed; nil for any.
    public internal(set) var enumeration: [JSONValue]?
    var bounds = Bounds()
    var uniqueItems = false
    var pattern: Pattern?
    var anyOf: [JSONSchema] = []
    var oneOf: [JSONSchema] = []
    var allOf: [JSONSchema] = []
    var not: [JSONSchema] = []

    /// Limits on a number's value or a count.
    struct Bounds: Sendable, Hashable {
        var minimum: Double?
        var maximum: Double?
        var exclusiveMinimum = false
        var exclusiveMaximum = false
        var length: ClosedRange<Int>?
        var itemCount: ClosedRange<Int>?
        var propertyCount: ClosedRange<Int>?
    }

    init() {}

    /// The schema of one property.
    public subscript(property name: String) -> JSONSchema? {
        properties.first { $0.name == name }?.schema
    }

    /// The schema of a list's values; nil when any are allowed.
    public var element: JSONSchema? { items.first }

    /// Whether a value of this type is allowed.
    public func allows(_ type: BSONType) -> Bool { types?.contains(type) ?? true }
}

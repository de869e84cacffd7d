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

        /// Its place in a set of types that is looked into without hashing.
        fileprivate var bit: UInt16 {
            switch self {
            case .double: 1
            case .string: 1 << 1
            case .object: 1 << 2
            case .array: 1 << 3
            case .bool: 1 << 4
            case .date: 1 << 5
            case .null: 1 << 6
            case .int: 1 << 7
            case .long: 1 << 8
            case .decimal: 1 << 9
            case .objectId: 1 << 10
            case .binData: 1 << 11
            case .timestamp: 1 << 12
            case .number: 1 << 13
            }
        }
    }

    /// What a key that `properties` does not name may hold.
    public enum Additional: Sendable, Hashable {
        case allowed, refused
        indirect case each(JSONSchema)
    }

    /// One named property; shared, because a schema is large and is looked at for every value.
    public final class Property: Sendable, Hashable {
        /// The field's name.
        public let name: String
        /// What its value must look like.
        public let schema: JSONSchema
        /// What stands for "nothing"; nil where there must be something.
        let empty: JSONValue?
        /// What an item has where the page had nothing.
        let absent: JSONValue?

        init(name: String, schema: JSONSchema) {
            self.name = name
            self.schema = schema
            empty = schema.allows(.null) ? .null : schema.allows(.array) ? .array([]) : nil
            absent = ItemPipeline.bookkeeping.contains(name) ? nil : empty
        }

        public static func == (left: Property, right: Property) -> Bool {
            left === right || left.name == right.name && left.schema == right.schema
        }

        public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    /// The types allowed; nil for any.
    public internal(set) var types: Set<BSONType>? {
        didSet { typeBits = types?.reduce(0) { $0 | $1.bit } }
    }
    private var typeBits: UInt16?
    /// Properties in the order of the file, which is the order of an item's fields.
    public internal(set) var properties: [Property] = [] {
        didSet { places = Dictionary(properties.enumerated().map { ($1.name, $0) }) { first, _ in first } }
    }
    private var places: [String: Int] = [:]
    /// Fields that must be there.
    public internal(set) var required: [String] = []
    /// What a field may hold that `properties` does not name.
    public internal(set) var additional: Additional = .allowed
    var items: [JSONSchema] = [] {
        didSet { sharedElement = items.first.map { Property(name: "", schema: $0) } }
    }
    private var sharedElement: Property?
    /// The values allowed; nil for any.
    public internal(set) var enumeration: [JSONValue]?
    var bounds = Bounds()
    var uniqueItems = false
    var pattern: Pattern?
    var anyOf: [JSONSchema] = []
    var oneOf: [JSONSchema] = []
    var allOf: [JSONSchema] = []
    var not: [JSONSchema] = []
    /// Whether other schemas have a say.
    var isCombined: Bool { !(anyOf.isEmpty && oneOf.isEmpty && allOf.isEmpty && not.isEmpty) }

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
        self.property(named: name)?.schema
    }

    /// The schema of one property, not copied.
    func property(named name: String) -> Property? { places[name].map { properties[$0] } }

    /// The place of a property among all; looked for at `guess` first, as values mostly have their fields in the schema's order.
    func place(of name: String, guess: Int) -> Int? {
        guess < properties.count && properties[guess].name == name ? guess : places[name]
    }

    /// The schema of a list's values, not copied; nil when any are allowed.
    var sharedSchemaOfElements: Property? { sharedElement }

    /// The schema of a list's values; nil when any are allowed.
    public var element: JSONSchema? { sharedElement?.schema }

    /// Whether a value of this type is allowed.
    public func allows(_ type: BSONType) -> Bool { typeBits.map { $0 & type.bit != 0 } ?? true }
}

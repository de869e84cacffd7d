public import FoundationEssentials

/// One BSON value of the types this driver supports (bsonspec.org, version 1.1).
///
/// The deprecated types (undefined, DBPointer, symbol) and JavaScript code are refused by name when bytes are read: nothing here
/// writes them, and code is a way to run things on the server.
public enum BSONValue: Sendable, Hashable {
    /// A 64-bit binary floating point number.
    case double(Double)
    /// UTF-8 text.
    case string(String)
    /// An embedded document.
    case document(BSONDocument)
    /// An ordered list.
    case array([BSONValue])
    /// Bytes with a subtype.
    case binary(BSONBinary)
    /// A 12-byte identifier.
    case objectID(ObjectID)
    /// True or false.
    case bool(Bool)
    /// An instant with millisecond precision; see `BSONLimits.dateMilliseconds` for the range.
    case date(Date)
    /// The absence of a value, stored.
    case null
    /// A pattern with options.
    indirect case regex(BSONRegularExpression)
    /// A 32-bit integer.
    case int32(Int32)
    /// MongoDB's internal operation time.
    case timestamp(BSONTimestamp)
    /// A 64-bit integer.
    case int64(Int64)
    /// An IEEE 754-2008 128-bit decimal number.
    case decimal128(BSONDecimal128)
    /// Lower than every other value.
    case minKey
    /// Higher than every other value.
    case maxKey
}

extension BSONValue {
    /// The type's name in MongoDB's `bsonType` spelling, for messages.
    public var typeName: String {
        switch self {
        case .double: "double"
        case .string: "string"
        case .document: "object"
        case .array: "array"
        case .binary: "binData"
        case .objectID: "objectId"
        case .bool: "bool"
        case .date: "date"
        case .null: "null"
        case .regex: "regex"
        case .int32: "int"
        case .timestamp: "timestamp"
        case .int64: "long"
        case .decimal128: "decimal"
        case .minKey: "minKey"
        case .maxKey: "maxKey"
        }
    }

    /// The smallest integer type that holds a number: `int32` when it fits, as every MongoDB driver does.
    public static func integer(_ number: Int) -> BSONValue {
        Int32(exactly: number).map(BSONValue.int32) ?? .int64(Int64(number))
    }
}

extension BSONValue {
    /// The text, when this is a string.
    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }

    /// The number, when this is an integer of either size, or a double or decimal that is exactly one.
    public var intValue: Int? {
        switch self {
        case .int32(let value): Int(value)
        case .int64(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The number, when this is a double or an integer.
    public var doubleValue: Double? {
        switch self {
        case .double(let value): value
        case .int32(let value): Double(value)
        case .int64(let value): Double(value)
        default: nil
        }
    }

    /// The truth value, when this is one.
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The embedded document, when this is one.
    public var documentValue: BSONDocument? { if case .document(let value) = self { value } else { nil } }

    /// The elements, when this is an array.
    public var arrayValue: [BSONValue]? { if case .array(let value) = self { value } else { nil } }

    /// The instant, when this is a date.
    public var dateValue: Date? { if case .date(let value) = self { value } else { nil } }

    /// The identifier, when this is one.
    public var objectIDValue: ObjectID? { if case .objectID(let value) = self { value } else { nil } }

    /// The bytes, when this is binary data of any subtype.
    public var binaryValue: BSONBinary? { if case .binary(let value) = self { value } else { nil } }

    /// The operation time, when this is one.
    public var timestampValue: BSONTimestamp? { if case .timestamp(let value) = self { value } else { nil } }

    /// Whether this is a stored null.
    public var isNull: Bool { self == .null }

    /// A field of the embedded document; nil when this is none or has no such field.
    public subscript(key: String) -> BSONValue? { documentValue?[key] }
}

extension BSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An `int32` when the literal fits, else an `int64`.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A double.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// A bool.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A null.
    public init(nilLiteral: ()) { self = .null }
    /// An array.
    public init(arrayLiteral elements: BSONValue...) { self = .array(elements) }
    /// A document; see `BSONDocument.init(dictionaryLiteral:)`.
    public init(dictionaryLiteral elements: (String, BSONValue)...) { self = .document(BSONDocument(elements)) }
}

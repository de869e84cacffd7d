import FoundationEssentials

/// Swift types that are BSON values by themselves, whatever their `Codable` form is elsewhere.
enum BSONBridge {
    /// The value, or nil for a type that encodes itself.
    static func value(of value: some Encodable) throws -> BSONValue? {
        switch value {
        // The common types first: a cast to a protocol is many times dearer.
        case let value as String: .string(value)
        case let value as Int: .integer(value)
        case let value as Double: .double(value)
        case let value as Bool: .bool(value)
        case let value as any BSONRepresentable: value.bsonValue
        case let value as Date: .date(value)
        case let value as Data: .binary(BSONBinary([UInt8](value)))
        case let value as UUID: .binary(BSONBinary(value))
        case let value as Decimal: try decimal(value)
        default: nil
        }
    }

    private static func decimal(_ value: Decimal) throws(MongoError) -> BSONValue {
        guard let decimal = BSONDecimal128(value) else {
            throw MongoError(.encoding, "the decimal \(value) has more than 34 digits")
        }
        return .decimal128(decimal)
    }

    /// The Swift value, nil when `type` is no such type.
    ///
    /// - Throws: `DecodingError` when it is one and the BSON value is of another kind.
    static func decode<Value>(_ type: Value.Type, from value: BSONValue, path: [any CodingKey]) throws -> Value? {
        let decoded: (any Sendable)?
        switch type {
        case let type as any BSONRepresentable.Type: decoded = type.init(bsonValue: value)
        case is Date.Type: decoded = value.dateValue
        case is Data.Type: decoded = value.binaryValue.map { Data($0.bytes) }
        case is UUID.Type: decoded = value.binaryValue?.uuid
        case is Decimal.Type: decoded = decimal(of: value)
        default: return nil
        }
        guard let typed = decoded as? Value else { throw mismatch(type, value, path) }
        return typed
    }

    private static func decimal(of value: BSONValue) -> Decimal? {
        switch value {
        case .decimal128(let decimal): decimal.decimal
        case .int32(let number): Decimal(Int(number))
        case .int64(let number): Decimal(number)
        default: nil
        }
    }

    static func mismatch(_ type: Any.Type, _ value: BSONValue, _ path: [any CodingKey]) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: path, debugDescription: "expected \(type), found \(value.typeName)")
        return value.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }
}

/// A type of this module that is a BSON value by itself.
///
/// Its `Codable` form exists for properties of types that `BSONEncoder` and `BSONDecoder` handle; other coders get an error.
public protocol BSONRepresentable: Codable, Sendable {
    /// The value it is.
    var bsonValue: BSONValue { get }
    /// Takes a value; nil when it is of another type.
    init?(bsonValue: BSONValue)
}

extension BSONRepresentable {
    /// Refuses other encoders than `BSONEncoder`, which does not call this.
    public func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? BSONNodeEncoder else {
            throw EncodingError.invalidValue(
                self,
                .init(codingPath: encoder.codingPath, debugDescription: "\(Self.self) encodes with BSONEncoder only"))
        }
        encoder.node.set(bsonValue)
    }

    /// Refuses other decoders than `BSONDecoder`.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? BSONNodeDecoder else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(Self.self) decodes with BSONDecoder only"))
        }
        guard let value = Self(bsonValue: decoder.value) else {
            throw BSONBridge.mismatch(Self.self, decoder.value, decoder.codingPath)
        }
        self = value
    }
}

extension BSONValue: BSONRepresentable {
    /// The value itself.
    public var bsonValue: BSONValue { self }
    /// The value itself.
    public init?(bsonValue: BSONValue) { self = bsonValue }
}

extension BSONDocument: BSONRepresentable {
    /// An embedded document.
    public var bsonValue: BSONValue { .document(self) }
    /// An embedded document.
    public init?(bsonValue: BSONValue) {
        guard let document = bsonValue.documentValue else { return nil }
        self = document
    }
}

extension ObjectID: BSONRepresentable {
    /// An identifier.
    public var bsonValue: BSONValue { .objectID(self) }
    /// An identifier.
    public init?(bsonValue: BSONValue) {
        guard let identifier = bsonValue.objectIDValue else { return nil }
        self = identifier
    }
}

extension BSONBinary: BSONRepresentable {
    /// Binary data.
    public var bsonValue: BSONValue { .binary(self) }
    /// Binary data.
    public init?(bsonValue: BSONValue) {
        guard let binary = bsonValue.binaryValue else { return nil }
        self = binary
    }
}

extension BSONTimestamp: BSONRepresentable {
    /// An operation time.
    public var bsonValue: BSONValue { .timestamp(self) }
    /// An operation time.
    public init?(bsonValue: BSONValue) {
        guard let timestamp = bsonValue.timestampValue else { return nil }
        self = timestamp
    }
}

extension BSONDecimal128: BSONRepresentable {
    /// A decimal.
    public var bsonValue: BSONValue { .decimal128(self) }
    /// A decimal.
    public init?(bsonValue: BSONValue) {
        guard case .decimal128(let decimal) = bsonValue else { return nil }
        self = decimal
    }
}

extension BSONRegularExpression: BSONRepresentable {
    /// A pattern.
    public var bsonValue: BSONValue { .regex(self) }
    /// A pattern.
    public init?(bsonValue: BSONValue) {
        guard case .regex(let expression) = bsonValue else { return nil }
        self = expression
    }
}

extension ResumeToken: BSONRepresentable {
    /// The token's document.
    public var bsonValue: BSONValue { .document(document) }
    /// The token's document.
    public init?(bsonValue: BSONValue) {
        guard let document = bsonValue.documentValue else { return nil }
        self.init(document)
    }
}

/// Makes `Decodable` values of BSON.
///
/// Numbers convert when they keep their value exactly: an `Int` may come from any number type, a `Double` from integers up to
/// 2^53.
public struct BSONDecoder: Sendable {
    /// A decoder; it has no settings.
    public init() {}

    /// The value in a document.
    ///
    /// - Throws: `.decoding` with the path of the field that is missing or of another type.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from document: BSONDocument
    ) throws(MongoError) -> Value {
        try decode(type, from: .document(document))
    }

    /// The value in a BSON value.
    ///
    /// - Throws: `.decoding` with the path of the field that is missing or of another type.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from value: BSONValue
    ) throws(MongoError) -> Value {
        do {
            return try BSONNodeDecoder(value: value, codingPath: []).unbox(type)
        } catch let error as MongoError {
            throw error
        } catch let error as DecodingError {
            throw MongoError(error)
        } catch {
            throw MongoError(.decoding, String(describing: error))
        }
    }
}

extension MongoError {
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = MongoError(.decoding, "the field is missing").under(path: context.codingPath + [key])
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self = MongoError(.decoding, context.debugDescription).under(path: context.codingPath)
        @unknown default: self = MongoError(.decoding, String(describing: error))
        }
    }
}

/// Makes BSON of `Encodable` values.
///
/// `Int` and the unsigned types become `int32` when they fit, else `int64`, as every dynamic driver writes them; `Int32` and
/// `Int64` keep their size; `Float` becomes double; `Date`, `Data`, `UUID` and `Decimal` become their BSON types. A nil
/// property is left out unless it is encoded explicitly.
public struct BSONEncoder: Sendable {
    /// An encoder; it has no settings.
    public init() {}

    /// The document of a value that encodes itself with keys.
    ///
    /// - Throws: `.encoding` with the path of the field, when a value has no BSON form or the top is not a document.
    public func encode(_ value: some Encodable) throws(MongoError) -> BSONDocument {
        guard case .document(let document) = try encodeValue(value) else {
            throw MongoError(.encoding, "\(type(of: value)) does not encode to a document")
        }
        return document
    }

    /// The BSON value of any encodable value.
    ///
    /// - Throws: `.encoding` with the path of the field.
    public func encodeValue(_ value: some Encodable) throws(MongoError) -> BSONValue {
        do {
            return try BSONNode.boxing(value, path: []).finished()
        } catch let error as MongoError {
            throw error
        } catch let EncodingError.invalidValue(_, context) {
            throw MongoError(.encoding, context.debugDescription).under(path: context.codingPath)
        } catch {
            throw MongoError(.encoding, String(describing: error))
        }
    }
}

extension MongoError {
    /// The same error at a coding path.
    func under(path: [any CodingKey]) -> MongoError {
        path.reversed().reduce(self) { $0.under($1.intValue.map(String.init) ?? $1.stringValue) }
    }
}

/// A place in the value being built; containers write into it, also after their parent has gone on.
final class BSONNode {
    private enum Content {
        case empty
        case value(BSONValue)
        case document([(key: String, node: BSONNode)])
        case array([BSONNode])
    }

    private var content = Content.empty

    init() {}

    init(_ value: BSONValue) { content = .value(value) }

    /// The node of an encodable value, with the types that BSON knows itself taken as they are.
    static func boxing(_ value: some Encodable, path: [any CodingKey]) throws -> BSONNode {
        if let value = try BSONBridge.value(of: value) { return BSONNode(value) }
        let node = BSONNode()
        try value.encode(to: BSONNodeEncoder(node: node, codingPath: path))
        return node
    }

    func set(_ value: BSONValue) { content = .value(value) }

    func becomeDocument() { if case .document = content {} else { content = .document([]) } }

    func becomeArray() { if case .array = content {} else { content = .array([]) } }

    func append(_ node: BSONNode) {
        guard case .array(var nodes) = content else { return }
        content = .empty
        nodes.append(node)
        content = .array(nodes)
    }

    func insert(_ node: BSONNode, for key: String) {
        guard case .document(var fields) = content else { return }
        content = .empty
        if let place = fields.firstIndex(where: { $0.key == key }) {
            fields[place].node = node
        } else {
            fields.append((key, node))
        }
        content = .document(fields)
    }

    /// The node of a key that was written before, for containers opened twice.
    func existing(_ key: String) -> BSONNode? {
        guard case .document(let fields) = content else { return nil }
        return fields.first { $0.key == key }?.node
    }

    var count: Int { if case .array(let nodes) = content { nodes.count } else { 0 } }

    /// The finished value; a type that encoded nothing becomes an empty document.
    func finished() -> BSONValue {
        switch content {
        case .empty: .document([:])
        case .value(let value): value
        case .array(let nodes): .array(nodes.map { $0.finished() })
        case .document(let fields):
            .document(BSONDocument(uniqueFields: fields.map { .init(key: $0.key, value: $0.node.finished()) }))
        }
    }
}

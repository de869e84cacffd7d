/// An ordered list of named BSON values: one MongoDB document.
///
/// Keys are unique. Two documents are equal when they hold the same fields in the same order, as for the server.
public struct BSONDocument: Sendable, Hashable {
    struct Field: Sendable, Hashable {
        var key: String
        var value: BSONValue
    }

    var fields: [Field]

    /// An empty document.
    public init() { fields = [] }

    /// Takes fields whose keys are known to be unique.
    init(uniqueFields fields: [Field]) { self.fields = fields }

    /// The fields in order; a repeated key keeps its first place and its last value.
    public init(_ pairs: some Sequence<(String, BSONValue)>) {
        fields = []
        fields.reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs { self[key] = value }
    }

    /// The number of fields.
    public var count: Int { fields.count }

    /// Whether there are no fields.
    public var isEmpty: Bool { fields.isEmpty }

    /// The keys in order.
    public var keys: [String] { fields.map(\.key) }

    /// The values in order.
    public var values: [BSONValue] { fields.map(\.value) }

    /// The value of a field; setting nil removes the field, setting a new key appends it.
    ///
    /// - Complexity: O(n) in the number of fields; documents are short, and a hash table would lose their order.
    public subscript(key: String) -> BSONValue? {
        get { fields.first { $0.key == key }?.value }
        set {
            let place = fields.firstIndex { $0.key == key }
            switch (place, newValue) {
            case (let place?, let value?): fields[place].value = value
            case (let place?, nil): fields.remove(at: place)
            case (nil, let value?): fields.append(Field(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Adds a field whose key is known to be new, which is not looked at.
    public mutating func append(_ value: BSONValue, forNew key: String) {
        fields.append(Field(key: key, value: value))
    }

    /// Makes room for fields to come.
    public mutating func reserveCapacity(_ count: Int) { fields.reserveCapacity(count) }

    /// The value of a field, or another when it is absent.
    public subscript(key: String, default fallback: @autoclosure () -> BSONValue) -> BSONValue {
        self[key] ?? fallback()
    }

    /// The value at a path of field names and array indexes separated by dots, as in queries.
    public subscript(path path: String) -> BSONValue? {
        var found = BSONValue.document(self)
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            switch found {
            case .document(let document):
                guard let value = document[String(part)] else { return nil }
                found = value
            case .array(let elements):
                guard let index = Int(part), elements.indices.contains(index) else { return nil }
                found = elements[index]
            default: return nil
            }
        }
        return found
    }

    /// This document with the fields of another set on it.
    public func merging(_ other: BSONDocument) -> BSONDocument {
        var merged = self
        for field in other.fields { merged[field.key] = field.value }
        return merged
    }
}

extension BSONDocument: Sequence {
    /// Walks the fields in order.
    public struct Iterator: IteratorProtocol {
        var fields: IndexingIterator<[Field]>

        /// The next field.
        public mutating func next() -> (key: String, value: BSONValue)? {
            fields.next().map { ($0.key, $0.value) }
        }
    }

    /// Walks the fields in order.
    public func makeIterator() -> Iterator { Iterator(fields: fields.makeIterator()) }

    /// The number of fields.
    public var underestimatedCount: Int { fields.count }
}

extension BSONDocument: ExpressibleByDictionaryLiteral, CustomStringConvertible {
    /// The fields in order; a repeated key keeps its first place and its last value.
    public init(dictionaryLiteral elements: (String, BSONValue)...) { self.init(elements) }

    /// Relaxed extended JSON, or the reason why there is none.
    public var description: String {
        do { return try extendedJSON() } catch { return "<\(error.message)>" }
    }
}

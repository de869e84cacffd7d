/// Writes into one node; what `Encodable` types see.
struct BSONNodeEncoder: Encoder {
    let node: BSONNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeDocument()
        return KeyedEncodingContainer(BSONKeyedEncodingContainer<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeArray()
        return BSONUnkeyedEncodingContainer(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        BSONSingleValueEncodingContainer(node: node, codingPath: codingPath)
    }
}

struct BSONKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: BSONNode
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) throws { node.insert(BSONNode(.null), for: key.stringValue) }

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
        node.insert(try BSONNode.boxing(value, path: codingPath + [key]), for: key.stringValue)
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        encoder(for: key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(for: key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { encoder(for: BSONCodingKey(stringValue: "super")) }

    mutating func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

    private func encoder(for key: any CodingKey) -> BSONNodeEncoder {
        let child = node.existing(key.stringValue) ?? BSONNode()
        node.insert(child, for: key.stringValue)
        return BSONNodeEncoder(node: child, codingPath: codingPath + [key])
    }
}

struct BSONUnkeyedEncodingContainer: UnkeyedEncodingContainer {
    let node: BSONNode
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    mutating func encodeNil() throws { node.append(BSONNode(.null)) }

    mutating func encode(_ value: some Encodable) throws {
        node.append(try BSONNode.boxing(value, path: codingPath + [BSONCodingKey(intValue: count)]))
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        nextEncoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nextEncoder().unkeyedContainer() }

    mutating func superEncoder() -> any Encoder { nextEncoder() }

    private func nextEncoder() -> BSONNodeEncoder {
        let path = codingPath + [BSONCodingKey(intValue: count)]
        let child = BSONNode()
        node.append(child)
        return BSONNodeEncoder(node: child, codingPath: path)
    }
}

struct BSONSingleValueEncodingContainer: SingleValueEncodingContainer {
    let node: BSONNode
    let codingPath: [any CodingKey]

    mutating func encodeNil() throws { node.set(.null) }
    mutating func encode(_ value: Bool) throws { node.set(.bool(value)) }
    mutating func encode(_ value: String) throws { node.set(.string(value)) }
    mutating func encode(_ value: Double) throws { node.set(.double(value)) }
    mutating func encode(_ value: Float) throws { node.set(.double(Double(value))) }
    mutating func encode(_ value: Int) throws { node.set(.integer(value)) }
    mutating func encode(_ value: Int8) throws { node.set(.integer(Int(value))) }
    mutating func encode(_ value: Int16) throws { node.set(.integer(Int(value))) }
    mutating func encode(_ value: Int32) throws { node.set(.int32(value)) }
    mutating func encode(_ value: Int64) throws { node.set(.int64(value)) }
    mutating func encode(_ value: UInt) throws { try encode(unsigned: value) }
    mutating func encode(_ value: UInt8) throws { try encode(unsigned: value) }
    mutating func encode(_ value: UInt16) throws { try encode(unsigned: value) }
    mutating func encode(_ value: UInt32) throws { try encode(unsigned: value) }
    mutating func encode(_ value: UInt64) throws { try encode(unsigned: value) }

    mutating func encode(_ value: some Encodable) throws {
        node.set(try BSONNode.boxing(value, path: codingPath).finished())
    }

    private func encode(unsigned value: some UnsignedInteger) throws {
        guard let number = Int(exactly: value) else {
            let message = "\(value) is larger than BSON's largest integer"
            throw EncodingError.invalidValue(value, .init(codingPath: codingPath, debugDescription: message))
        }
        node.set(.integer(number))
    }
}

/// A key that is a name or an array's index.
struct BSONCodingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}

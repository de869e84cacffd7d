public import MongoDriver
public import WebStandards

extension BSONValue {
    /// The BSON form of a JSON value; whole numbers become int32 where they fit, else int64.
    public init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = Int32(exactly: number).map(BSONValue.int32) ?? .int64(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .array(let values): self = .array(values.map(BSONValue.init))
        case .object(let object): self = .document(BSONDocument(object))
        }
    }
}

extension BSONDocument {
    /// The BSON form of a JSON object, keys in the same order.
    public init(_ object: JSONObject) {
        self.init()
        // And some more, as documents are stored with fields about them.
        reserveCapacity(object.count + 4)
        object.withMembers { members in
            for member in members { append(BSONValue(member.value), forNew: member.key) }
        }
    }

    /// The JSON form of the fields that have one; dates and binary data, which only bookkeeping fields hold, are left out.
    public var jsonObject: JSONObject {
        var members: [JSONObject.Member] = []
        members.reserveCapacity(count)
        for (key, value) in self {
            if let json = value.jsonValue { members.append(JSONObject.Member(key: key, value: json)) }
        }
        return JSONObject(distinct: members)
    }
}

extension BSONValue {
    /// The JSON form; nil for a type JSON does not have.
    public var jsonValue: JSONValue? {
        switch self {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .int32(let number): .int(Int64(number))
        case .int64(let number): .int(number)
        case .double(let number): .double(number)
        case .string(let text): .string(text)
        case .array(let values): .array(values.compactMap(\.jsonValue))
        case .document(let document): .object(document.jsonObject)
        default: nil
        }
    }
}

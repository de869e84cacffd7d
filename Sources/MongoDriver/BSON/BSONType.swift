/// The type bytes of the format that this driver reads and writes.
enum BSONType: UInt8 {
    case double = 0x01
    case string = 0x02
    case document = 0x03
    case array = 0x04
    case binary = 0x05
    case objectID = 0x07
    case bool = 0x08
    case date = 0x09
    case null = 0x0A
    case regex = 0x0B
    case int32 = 0x10
    case timestamp = 0x11
    case int64 = 0x12
    case decimal128 = 0x13
    case maxKey = 0x7F
    case minKey = 0xFF

    init(_ value: BSONValue) {
        self =
            switch value {
            case .double: .double
            case .string: .string
            case .document: .document
            case .array: .array
            case .binary: .binary
            case .objectID: .objectID
            case .bool: .bool
            case .date: .date
            case .null: .null
            case .regex: .regex
            case .int32: .int32
            case .timestamp: .timestamp
            case .int64: .int64
            case .decimal128: .decimal128
            case .minKey: .minKey
            case .maxKey: .maxKey
            }
    }

    /// What a byte means that is refused; nil when the format knows no such type.
    static func refusedName(_ byte: UInt8) -> String? {
        switch byte {
        case 0x06: "undefined"
        case 0x0C: "DBPointer"
        case 0x0D: "JavaScript code"
        case 0x0E: "symbol"
        case 0x0F: "JavaScript code with scope"
        default: nil
        }
    }
}

import WebStandards

/// Sizes of values, without writing them out.
enum ItemSize {
    /// Whether lists and objects nest at most `limit` deep.
    static func depth(of value: JSONValue, within limit: Int) -> Bool {
        guard limit >= 0 else { return false }
        switch value {
        case .array(let values): return values.allSatisfy { depth(of: $0, within: limit - 1) }
        case .object(let object): return object.withMembers { $0.allSatisfy { depth(of: $0.value, within: limit - 1) } }
        default: return true
        }
    }

    /// Bytes as JSON, roughly: escapes are not counted.
    static func bytes(of value: JSONValue) -> Int {
        switch value {
        case .null, .bool: 4
        case .int, .double: 8
        case .string(let text): text.utf8.count + 2
        case .array(let values): values.reduce(2) { $0 + bytes(of: $1) + 1 }
        case .object(let object):
            object.withMembers { $0.reduce(2) { $0 + $1.key.utf8.count + 4 + bytes(of: $1.value) } }
        }
    }
}

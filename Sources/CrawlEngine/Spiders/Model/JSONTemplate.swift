import WebStandards

/// JSON with places to fill in: a text that is `{name}` or `{name|otherwise}` and nothing else stands for a value. All other text is sent
/// as it is, since queries of GraphQL are full of braces.
indirect enum JSONTemplate: Sendable {
    case constant(JSONValue)
    /// What is filled in; `otherwise` where the URL does not have it.
    case place(name: String, otherwise: JSONValue?)
    case list([JSONTemplate])
    case object([(name: String, value: JSONTemplate)])

    /// The names it needs; those with a value for otherwise are not among them.
    var names: Set<String> {
        switch self {
        case .constant: []
        case .place(let name, let otherwise): otherwise == nil ? [name] : []
        case .list(let parts): parts.reduce(into: []) { $0.formUnion($1.names) }
        case .object(let members): members.reduce(into: []) { $0.formUnion($1.value.names) }
        }
    }

    /// The JSON with its places filled in; null where there is no value.
    func filled(_ value: (String) -> JSONValue?) -> JSONValue {
        switch self {
        case .constant(let constant): return constant
        case .place(let name, let otherwise): return value(name) ?? otherwise ?? .null
        case .list(let parts): return .array(parts.map { $0.filled(value) })
        case .object(let members):
            var object = JSONObject()
            for member in members { object[member.name] = member.value.filled(value) }
            return .object(object)
        }
    }

    /// The place that a text stands for; nil when it is just a text.
    static func place(_ text: String) -> JSONTemplate? {
        guard text.hasPrefix("{"), text.hasSuffix("}"), text.count > 2 else { return nil }
        let parts = text.dropFirst().dropLast().split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, isName(name) else { return nil }
        return .place(name: String(name), otherwise: parts.count > 1 ? constant(String(parts[1])) : nil)
    }

    /// A whole number, `true`, `false` and `null` as JSON writes them; anything else is a text.
    static func constant(_ text: String) -> JSONValue {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        case "null": .null
        default: Int64(text).map(JSONValue.int) ?? .string(text)
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
    }
}

/// What was asked of the server, without any value: what a log may keep, whosever data it was about.
public struct OperationShape: Sendable, Hashable {
    /// The command's name, such as `find`; `getMore` for a later part of an answer.
    public let name: String
    /// Database and collection, as far as they are known.
    public let namespace: String
    /// Field names and operators, with `?` for values and `[…]` for lists of them; the beginning, where it is long.
    public let text: String

    /// Whether the server was asked to wait until there is something: a change stream's or a tailing cursor's next part.
    public var isWait: Bool { name == "getMore" && text.contains("maxTimeMS") }

    /// Bytes of the text at most.
    static let longest = 600

    init(name: String, namespace: String, document: BSONDocument? = nil, note: String = "") {
        self.name = name
        self.namespace = namespace
        var text = note
        if let document { Self.append(.document(document), to: &text, depth: 0) }
        self.text = String(decoding: Array(text.utf8.prefix(Self.longest)), as: UTF8.self)
    }

    /// What drivers add to every command.
    private static let additions: Set<String> = [
        "lsid", "$db", "$clusterTime", "txnNumber", "autocommit", "startTransaction", "readConcern", "writeConcern",
        "$readPreference",
    ]

    /// A command: its name, its collection, and the rest.
    init(command: BSONDocument, database: String) {
        let collection = (command["getMore"] == nil ? command.values.first : command["collection"])?.stringValue ?? ""
        let fields = zip(command.keys, command.values).dropFirst().filter { !Self.additions.contains($0.0) }
        self.init(
            name: command.keys.first ?? "", namespace: collection.isEmpty ? database : "\(database).\(collection)",
            document: BSONDocument(fields.map { ($0.0, $0.1) }))
    }

    private static func append(_ value: BSONValue, to text: inout String, depth: Int) {
        guard text.utf8.count < longest, depth < 12 else {
            text += "…"
            return
        }
        switch value {
        case .document(let document):
            text += "{"
            for (index, (key, value)) in zip(document.keys, document.values).enumerated() {
                guard text.utf8.count < longest else { break }
                // Keys that are values: counters by host or address.
                let isName = key.utf8.count <= 64 && !key.utf8.contains { $0 == 0x40 || $0 == 0x3A || $0 == 0x2F }
                text += "\(index > 0 ? ", " : "")\(isName ? key : "?"): "
                append(value, to: &text, depth: depth + 1)
            }
            text += "}"
        case .array(let values):
            guard values.contains(where: { $0.documentValue != nil }) else {
                text += "[…]"
                return
            }
            text += "["
            for (index, value) in values.prefix(8).enumerated() {
                if index > 0 { text += ", " }
                append(value, to: &text, depth: depth + 1)
            }
            text += values.count > 8 ? ", …]" : "]"
        case .regex: text += "/…/"
        default: text += "?"
        }
    }
}

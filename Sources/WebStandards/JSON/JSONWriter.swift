extension JSONValue {
    /// The JSON text of the value.
    ///
    /// - Parameters:
    ///   - pretty: Whether to write one member a line, indented by two spaces.
    ///   - sortedKeys: Whether to write members by key instead of in their order.
    public func serialized(pretty: Bool = false, sortedKeys: Bool = false) -> String {
        String(decoding: serializedBytes(pretty: pretty, sortedKeys: sortedKeys), as: UTF8.self)
    }

    /// The UTF-8 bytes of the JSON text; see ``serialized(pretty:sortedKeys:)``.
    public func serializedBytes(pretty: Bool = false, sortedKeys: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty, sortedKeys: sortedKeys)
        writer.write(self)
        return writer.output
    }

    /// Adds the compact JSON text to bytes; see ``serialized(pretty:sortedKeys:)``.
    public func appendSerialized(to bytes: inout [UInt8], sortedKeys: Bool = false) {
        var writer = JSONWriter(pretty: false, sortedKeys: sortedKeys)
        swap(&writer.output, &bytes)
        writer.write(self)
        swap(&writer.output, &bytes)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact JSON text.
    public var description: String { serialized() }
}

/// Writes values as JSON text. A number that JSON cannot say (infinite, not a number) becomes `null`.
private struct JSONWriter {
    let pretty: Bool
    let sortedKeys: Bool
    var output: [UInt8] = []
    private var depth = 0

    init(pretty: Bool, sortedKeys: Bool) {
        self.pretty = pretty
        self.sortedKeys = sortedKeys
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .int(let value): write(String(value))
        case .double(let value): write(value.isFinite ? String(value) : "null")
        case .string(let value): quote(value)
        case .array(let values): list(UInt8(ascii: "["), UInt8(ascii: "]"), values) { $0.write($1) }
        case .object(let object): writeMembers(object)
        }
    }

    private mutating func writeMembers(_ object: JSONObject) {
        object.withMembers { members in
            func write(_ writer: inout JSONWriter, _ place: Int) {
                writer.quote(members[place].key)
                writer.output.append(UInt8(ascii: ":"))
                if writer.pretty { writer.output.append(UInt8(ascii: " ")) }
                writer.write(members[place].value)
            }
            if sortedKeys, !Self.areSorted(members) {
                list(
                    UInt8(ascii: "{"), UInt8(ascii: "}"), members.indices.sorted { members[$0].key < members[$1].key },
                    write)
            } else {
                list(UInt8(ascii: "{"), UInt8(ascii: "}"), members.indices, write)
            }
        }
    }

    private static func areSorted(_ members: UnsafeBufferPointer<JSONObject.Member>) -> Bool {
        for index in members.indices.dropFirst() where members[index].key < members[index - 1].key { return false }
        return true
    }

    private mutating func list<Element>(
        _ open: UInt8, _ close: UInt8, _ elements: some Collection<Element>,
        _ element: (inout JSONWriter, Element) -> Void
    ) {
        output.append(open)
        depth += 1
        for (index, each) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine()
            element(&self, each)
        }
        depth -= 1
        if !elements.isEmpty { breakLine() }
        output.append(close)
    }

    private mutating func breakLine() {
        guard pretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private mutating func write(_ text: String) {
        output.append(contentsOf: text.utf8)
    }

    /// Whether any byte is a control character, a quote or a backslash; looked for in eight at a time, as nearly none is.
    private static func needsEscapes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        func all(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
        func isZeroAnywhere(_ word: UInt64) -> UInt64 { (word &- all(1)) & ~word }
        var place = 0
        while place + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let found =
                (word &- all(0x20)) & ~word | isZeroAnywhere(word ^ all(0x7F)) | isZeroAnywhere(word ^ all(0x22))
                | isZeroAnywhere(word ^ all(0x5C))
            if found & all(0x80) != 0 { return true }
            place += 8
        }
        return bytes[place...].contains { $0 < 0x20 || $0 == 0x7F || $0 == 0x22 || $0 == 0x5C }
    }

    private mutating func quote(_ text: String) {
        output.append(UInt8(ascii: "\""))
        // Not `withUTF8`, for which the text would be copied, and so counted.
        let isPlain = text.utf8.withContiguousStorageIfAvailable { text in
            guard !Self.needsEscapes(UnsafeRawBufferPointer(text)) else { return false }
            output.append(contentsOf: text)
            return true
        }
        if isPlain == true { return output.append(UInt8(ascii: "\"")) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: write("\\n")
            case 0x0D: write("\\r")
            case 0x09: write("\\t")
            case 0..<0x20, 0x7F:
                write("\\u00")
                output.append(Hexadecimal.lowerDigit(byte >> 4))
                output.append(Hexadecimal.lowerDigit(byte & 15))
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

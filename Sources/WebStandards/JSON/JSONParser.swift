extension JSONValue {
    /// Parses a JSON text.
    ///
    /// - Parameter maximumDepth: How many arrays and objects may be nested in each other.
    /// - Throws: ``JSONError`` with the offset of the first byte that does not fit.
    public init(parsing text: String, maximumDepth: Int = 128) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), maximumDepth: maximumDepth)
    }

    /// Parses the UTF-8 bytes of a JSON text; a byte order mark in front is ignored.
    ///
    /// Of members with equal keys the last one counts. An escaped half of a surrogate pair becomes U+FFFD.
    ///
    /// - Parameter maximumDepth: How many arrays and objects may be nested in each other.
    /// - Throws: ``JSONError`` with the offset of the first byte that does not fit.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 128) throws(JSONError) {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONError) in
                var parser = JSONParser(bytes: buffer, maximumDepth: maximumDepth)
                return try parser.document()
            }
        }
        self = try result.get()
    }
}

/// Recursive descent over the bytes of one JSON text. Source: RFC 8259.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let maximumDepth: Int
    var position = 0
    private var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONError) -> JSONValue {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        let value = try self.value()
        skipSpace()
        guard position == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try nested(Self.object)
        case UInt8(ascii: "["): return try nested(Self.array)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), .some(0x30...0x39): return try number()
        default: throw unexpected("a value")
        }
    }

    private mutating func nested(
        _ parse: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= maximumDepth else {
            throw JSONError(.tooDeep, offset: position, expected: "at most \(maximumDepth) levels")
        }
        position += 1
        return try parse(&self)
    }

    private static func object(_ parser: inout JSONParser) throws(JSONError) -> JSONValue {
        var members = JSONObject()
        if parser.skip(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            parser.skipSpace()
            guard parser.peek == UInt8(ascii: "\"") else { throw parser.unexpected("a key in quotes") }
            let key = try parser.string()
            guard parser.skip(UInt8(ascii: ":")) else { throw parser.unexpected("':'") }
            members[key] = try parser.value()
        } while parser.skip(UInt8(ascii: ","))
        guard parser.skip(UInt8(ascii: "}")) else { throw parser.unexpected("',' or '}'") }
        return .object(members)
    }

    private static func array(_ parser: inout JSONParser) throws(JSONError) -> JSONValue {
        var values: [JSONValue] = []
        if parser.skip(UInt8(ascii: "]")) { return .array(values) }
        repeat { values.append(try parser.value()) } while parser.skip(UInt8(ascii: ","))
        guard parser.skip(UInt8(ascii: "]")) else { throw parser.unexpected("',' or ']'") }
        return .array(values)
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount {
            guard peek == text.utf8Start[index] else { throw unexpected("\(text)") }
            position += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let leadingZero = peek == UInt8(ascii: "0")
        let wholeDigits = skipDigits()
        guard wholeDigits > 0, !leadingZero || wholeDigits == 1 else { throw invalidNumber(start) }
        var isWhole = true
        if peek == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard skipDigits() > 0 else { throw invalidNumber(start) }
        }
        if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw invalidNumber(start) }
        }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        if isWhole, let value = Int64(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else { throw invalidNumber(start) }
        return .double(value)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        return position - start
    }

    private func invalidNumber(_ start: Int) -> JSONError {
        JSONError(.invalidNumber, offset: start, expected: "a finite number such as -1.5e3")
    }
}

extension JSONParser {
    @inline(__always)
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    @inline(__always)
    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Skips white space and then `byte`, if it is there.
    mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        position += 1
        return true
    }

    func unexpected(_ expected: String) -> JSONError {
        JSONError(position < bytes.count ? .unexpectedByte : .unexpectedEnd, offset: position, expected: expected)
    }
}

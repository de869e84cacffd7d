/// Reads an XPath 1.0 expression that libxml2 has taken for one, and compiles what can be said on a ``FlatTree``.
///
/// The grammar is read as libxml2 reads it, which decides by where it is whether `*` multiplies or names.
struct XPathParser {
    let bytes: [UInt8]
    var place = 0
    var draft = XPathDraft()

    /// - Throws: ``UnsupportedXPath`` for what only libxml2 can answer.
    static func compile(_ source: String) throws(UnsupportedXPath) -> XPathProgram {
        var parser = XPathParser(bytes: Array(source.utf8))
        parser.skipSpace()
        let result = try parser.expression(0)
        guard parser.current == nil else { throw UnsupportedXPath(reason: "a syntax that only libxml2 reads") }
        let operation = parser.draft.operations[Int(result)]
        guard !operation.usesPosition, !operation.usesLast else {
            throw UnsupportedXPath(reason: "position() or last() outside a predicate")
        }
        return XPathProgram(parser.draft, result: result)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Characters

    var current: UInt8? { place < bytes.count ? bytes[place] : nil }
    var following: UInt8? { place + 1 < bytes.count ? bytes[place + 1] : nil }

    mutating func skipSpace() {
        while let current, ByteMatching.isXPathSpace(current) { place += 1 }
    }

    /// Passes a text and the space behind it.
    mutating func consume(_ text: StaticString) -> Bool {
        let isHere = text.withUTF8Buffer { text in
            place + text.count <= bytes.count && bytes[place..<place + text.count].elementsEqual(text)
        }
        guard isHere else { return false }
        place += text.utf8CodeUnitCount
        skipSpace()
        return true
    }

    mutating func require(_ text: StaticString) throws(UnsupportedXPath) {
        guard consume(text) else { throw UnsupportedXPath(reason: "a syntax that only libxml2 reads") }
    }

    static func startsName(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        startsName(byte) || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    mutating func name() throws(UnsupportedXPath) -> String {
        let start = place
        guard let first = current, Self.startsName(first) else {
            throw UnsupportedXPath(reason: "a syntax that only libxml2 reads")
        }
        while let current, Self.continuesName(current) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    // MARK: Operators

    private static let operators: [(text: StaticString, strength: Int, kind: XPathProgram.Kind)] = [
        ("or", 1, .or), ("and", 2, .and), ("=", 3, .equal), ("!=", 3, .notEqual), ("<=", 4, .lessEqual),
        ("<", 4, .less), (">=", 4, .greaterEqual), (">", 4, .greater), ("+", 5, .add), ("-", 5, .subtract),
        ("*", 6, .multiply), ("div", 6, .divide), ("mod", 6, .modulo),
    ]

    /// An expression whose operators all bind more tightly than `strength`.
    mutating func expression(_ strength: Int) throws(UnsupportedXPath) -> Int32 {
        var left = try unary()
        var isLooking = true
        while isLooking {
            isLooking = false
            for (text, found, kind) in Self.operators where found > strength && consume(text) {
                let right = try expression(found)
                let type: XPathProgram.ValueType = found <= 4 ? .bool : .number
                left = try draft.binary(kind, type, left, right)
                isLooking = true
                break
            }
        }
        return left
    }

    private mutating func unary() throws(UnsupportedXPath) -> Int32 {
        var signs = 0
        while consume("-") { signs += 1 }
        let operand = try union()
        guard signs > 0 else { return operand }
        let negated = try draft.add(.init(kind: .negate, type: .number, first: operand), on: [operand])
        return signs % 2 == 1
            ? negated : try draft.add(.init(kind: .negate, type: .number, first: negated), on: [negated])
    }

    private mutating func union() throws(UnsupportedXPath) -> Int32 {
        var left = try path()
        while consume("|") {
            let right = try path()
            guard draft.type(left) == .nodes, draft.type(right) == .nodes else {
                throw UnsupportedXPath(reason: "a union of what are not nodes")
            }
            left = try draft.binary(.union, .nodes, left, right)
        }
        return left
    }
}

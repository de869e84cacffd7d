/// Reads an XPath 1.0 expression that libxml2 has taken for one, and compiles what can be said on a ``FlatTree``.
///
/// The grammar is read as libxml2 reads it, which decides by where it is whether `*` multiplies or names.
struct XPathParser {
    private let bytes: [UInt8]
    private var place = 0
    private var draft = XPathDraft()

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
        return parser.draft.program(result: result)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Characters

    private var current: UInt8? { place < bytes.count ? bytes[place] : nil }
    private var following: UInt8? { place + 1 < bytes.count ? bytes[place + 1] : nil }

    private mutating func skipSpace() {
        while let current, ByteMatching.isXPathSpace(current) { place += 1 }
    }

    /// Passes a text and the space behind it.
    private mutating func consume(_ text: StaticString) -> Bool {
        let isHere = text.withUTF8Buffer { text in
            place + text.count <= bytes.count && bytes[place..<place + text.count].elementsEqual(text)
        }
        guard isHere else { return false }
        place += text.utf8CodeUnitCount
        skipSpace()
        return true
    }

    private mutating func require(_ text: StaticString) throws(UnsupportedXPath) {
        guard consume(text) else { throw UnsupportedXPath(reason: "a syntax that only libxml2 reads") }
    }

    private static func startsName(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        startsName(byte) || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private mutating func name() throws(UnsupportedXPath) -> String {
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
    private mutating func expression(_ strength: Int) throws(UnsupportedXPath) -> Int32 {
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

    // MARK: Paths

    private mutating func path() throws(UnsupportedXPath) -> Int32 {
        guard startsPrimary else { return try locationPath() }
        var base = try primary()
        var conditions: [Int32] = []
        while current == UInt8(ascii: "[") { conditions.append(try predicate()) }
        if !conditions.isEmpty {
            guard draft.type(base) == .nodes else { throw UnsupportedXPath(reason: "a predicate on what is no node") }
            base = try draft.filter(base, by: conditions)
        }
        guard current == UInt8(ascii: "/") else { return base }
        guard draft.type(base) == .nodes else { throw UnsupportedXPath(reason: "a path from what is no node") }
        return try draft.path(from: base, try steps(startsWithSlash: true))
    }

    private var startsPrimary: Bool {
        guard let current else { return false }
        if current == UInt8(ascii: ".") { return following?.isASCIIDigit ?? false }
        if [UInt8(ascii: "("), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$")].contains(current) {
            return true
        }
        if current.isASCIIDigit { return true }
        guard Self.startsName(current) else { return false }
        var ahead = self
        guard let name = try? ahead.name() else { return false }
        ahead.skipSpace()
        return ahead.current == UInt8(ascii: "(")
            && !["node", "text", "comment", "processing-instruction"].contains(name)
    }

    private mutating func locationPath() throws(UnsupportedXPath) -> Int32 {
        guard current == UInt8(ascii: "/") else {
            return try draft.path(from: XPathProgram.context, try steps(startsWithSlash: false))
        }
        if following != UInt8(ascii: "/") {
            _ = consume("/")
            let startsStep = current.map { Self.startsName($0) || "@.*".utf8.contains($0) } ?? false
            return try draft.path(from: XPathProgram.root, startsStep ? try steps(startsWithSlash: false) : [])
        }
        return try draft.path(from: XPathProgram.root, try steps(startsWithSlash: true))
    }

    private mutating func steps(
        startsWithSlash: Bool
    ) throws(UnsupportedXPath) -> [(step: XPathProgram.Step, conditions: [Int32])] {
        var steps: [(step: XPathProgram.Step, conditions: [Int32])] = []
        if !startsWithSlash, let step = try step() { steps.append(step) }
        while current == UInt8(ascii: "/") {
            if consume("//") {
                steps.append((.init(axis: .descendantOrSelf, test: .node), []))
            } else {
                _ = consume("/")
            }
            if let step = try step() { steps.append(step) }
        }
        return steps
    }

    /// One step; nil for `.`, which goes nowhere.
    private mutating func step() throws(UnsupportedXPath) -> (step: XPathProgram.Step, conditions: [Int32])? {
        if consume("..") { return (.init(axis: .parent, test: .node), []) }
        if consume(".") { return nil }
        var step = XPathProgram.Step(axis: .child, test: .any)
        if consume("@") {
            step.axis = .attribute
        } else if let axis = try axis() {
            step.axis = axis
        }
        try nodeTest(&step)
        var conditions: [Int32] = []
        while current == UInt8(ascii: "[") { conditions.append(try predicate()) }
        return (step, conditions)
    }

    private static let axes: [String: XPathProgram.Axis] = [
        "child": .child, "descendant": .descendant, "descendant-or-self": .descendantOrSelf, "attribute": .attribute,
        "self": .selfNode, "parent": .parent, "ancestor": .ancestor, "ancestor-or-self": .ancestorOrSelf,
        "following-sibling": .followingSibling, "preceding-sibling": .precedingSibling, "following": .following,
        "preceding": .preceding,
    ]

    private mutating func axis() throws(UnsupportedXPath) -> XPathProgram.Axis? {
        var ahead = self
        guard let name = try? ahead.name() else { return nil }
        ahead.skipSpace()
        guard ahead.consume("::") else { return nil }
        guard let axis = Self.axes[name] else { throw UnsupportedXPath(reason: "the axis \(name)") }
        self = ahead
        return axis
    }

    private mutating func nodeTest(_ step: inout XPathProgram.Step) throws(UnsupportedXPath) {
        if consume("*") {
            step.test = .any
            return
        }
        let name = try name()
        skipSpace()
        guard consume("(") else {
            (step.test, step.name) = (.name, draft.names.reference(name))
            return
        }
        switch name {
        case "node": step.test = .node
        case "text": step.test = .text
        case "comment": step.test = .comment
        case "processing-instruction":
            step.test = .instruction
            if current != UInt8(ascii: ")") {
                (step.test, step.name) = (.namedInstruction, draft.names.reference(try literal()))
            }
        default: throw UnsupportedXPath(reason: "the node test \(name)()")
        }
        try require(")")
    }

    private mutating func predicate() throws(UnsupportedXPath) -> Int32 {
        try require("[")
        let condition = try expression(0)
        try require("]")
        return condition
    }

    // MARK: Primary expressions

    private mutating func literal() throws(UnsupportedXPath) -> String {
        guard let quote = current, let end = bytes[(place + 1)...].firstIndex(of: quote) else {
            throw UnsupportedXPath(reason: "a syntax that only libxml2 reads")
        }
        let text = String(decoding: bytes[place + 1..<end], as: UTF8.self)
        place = end + 1
        skipSpace()
        return text
    }

    private mutating func primary() throws(UnsupportedXPath) -> Int32 {
        if consume("(") {
            let inside = try expression(0)
            try require(")")
            return inside
        }
        if current == UInt8(ascii: "'") || current == UInt8(ascii: "\"") {
            let literal = draft.literals.add(try literal())
            return try draft.add(.init(kind: .literal, type: .string, literal: literal), on: [])
        }
        let read = bytes[place...].withUnsafeBufferPointer { XPathNumber.prefix(of: $0) }
        if let read {
            place += read.count
            skipSpace()
            return try draft.add(.init(kind: .number, type: .number, number: read.value), on: [])
        }
        return try functionCall()
    }

    private mutating func functionCall() throws(UnsupportedXPath) -> Int32 {
        let name = try name()
        skipSpace()
        try require("(")
        var arguments: [Int32] = []
        if current != UInt8(ascii: ")") {
            repeat { arguments.append(try expression(0)) } while consume(",")
        }
        try require(")")
        guard let function = XPathFunction.all[name] else { throw UnsupportedXPath(reason: "the function \(name)()") }
        guard function.arity.contains(arguments.count) else {
            throw UnsupportedXPath(reason: "\(name)() with \(arguments.count) arguments")
        }
        if function.takesNodes, let first = arguments.first, draft.type(first) != .nodes {
            throw UnsupportedXPath(reason: "\(name)() of what are not nodes")
        }
        return try draft.function(function.kind, function.type, arguments)
    }
}

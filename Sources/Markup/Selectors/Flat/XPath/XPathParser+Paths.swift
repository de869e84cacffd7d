// Paths, steps, node tests and predicates.
extension XPathParser {
    mutating func path() throws(UnsupportedXPath) -> Int32 {
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
}

// Literals, numbers, parentheses and functions.
extension XPathParser {
    mutating func literal() throws(UnsupportedXPath) -> String {
        guard let quote = current, let end = bytes[(place + 1)...].firstIndex(of: quote) else {
            throw UnsupportedXPath(reason: "a syntax that only libxml2 reads")
        }
        let text = String(decoding: bytes[place + 1..<end], as: UTF8.self)
        place = end + 1
        skipSpace()
        return text
    }

    mutating func primary() throws(UnsupportedXPath) -> Int32 {
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

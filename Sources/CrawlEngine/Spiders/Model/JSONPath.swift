public import WebStandards

/// A path into a JSON value: `$.rows[*].title`, `$['a b'][0]`, `$.rows[?@.type=='tv'].title`, the plain name `title`, or a JSON Pointer
/// `/rows/0/title`.
///
/// Source: the simple steps of RFC 9535 (member, index, wildcard, a filter that compares one value with a constant); RFC 6901 for pointers.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    private enum Step: Sendable, Hashable {
        case key(String), index(Int), all
        /// A pointer's token: a key of an object or an index of a list.
        case token(String)
        /// Those of the values inside that pass.
        case filter(JSONFilter)
    }

    /// The path as written.
    public let source: String
    private let steps: [Step]

    /// Reads a path.
    public init(_ source: String) throws(PatternError) {
        self.source = source
        if source.hasPrefix("/") {
            let isEscaped = source.split(separator: "~", omittingEmptySubsequences: false).dropFirst().allSatisfy {
                $0.hasPrefix("0") || $0.hasPrefix("1")
            }
            guard isEscaped else {
                throw Self.error("expected ~0 for '~' or ~1 for '/' in a pointer, found another '~'")
            }
            steps = source.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
                .token(String($0).replacing("~1", with: "/").replacing("~0", with: "~"))
            }
        } else {
            steps = try Self.steps(source.hasPrefix("$") ? source.dropFirst() : ".\(source)")
        }
    }

    public var description: String { source }

    /// All values at the path, in order; a path without `*` has at most one.
    public func values(in value: JSONValue) -> [JSONValue] {
        var values = [value]
        for step in steps {
            values = values.flatMap { Self.take(step, of: $0) }
        }
        return values
    }

    private static func take(_ step: Step, of value: JSONValue) -> [JSONValue] {
        switch step {
        case .key(let key): value[key].map { [$0] } ?? []
        case .index(let index): value[index].map { [$0] } ?? []
        case .all: value.arrayValue ?? value.objectValue?.values ?? []
        case .filter(let filter): take(.all, of: value).filter(filter.holds)
        case .token(let token): (value[token] ?? Int(token).flatMap { value[$0] }).map { [$0] } ?? []
        }
    }

    /// A name on the way that a schema does not have, how many steps lead there, and the names it has.
    struct Miss {
        let name: String
        let depth: Int
        let known: [String]
    }

    /// The first name on the way that the schema of the value does not have; nil when it has all, or any name may stand there.
    func miss(in schema: JSONSchema) -> Miss? {
        var schema: JSONSchema? = schema
        for (depth, step) in steps.enumerated() {
            switch step {
            case .key(let name), .token(let name):
                guard let known = schema?.fieldNames else { return nil }
                guard let property = schema?[property: name] else {
                    return Miss(name: name, depth: depth, known: known)
                }
                schema = property
            case .index, .all, .filter: schema = schema?.element
            }
        }
        return nil
    }

    private static func steps(_ text: Substring) throws(PatternError) -> [Step] {
        var (steps, rest): ([Step], Substring) = ([], text)
        while let mark = rest.popFirst() {
            if mark == "[" {
                guard let close = end(ofBracket: rest) else { throw error("'[' without ']'") }
                steps.append(try bracket(rest[..<close]))
                rest = rest[rest.index(after: close)...]
            } else if mark == "." {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { throw error("expected a name after '.'") }
                steps.append(name == "*" ? .all : .key(String(name)))
                rest = rest.dropFirst(name.count)
            } else {
                throw error("expected '.name', '[0]', '[*]' or \"['name']\"")
            }
        }
        return steps
    }

    /// The `]` that ends a bracket: outside of quotes, and of brackets inside.
    private static func end(ofBracket text: Substring) -> Substring.Index? {
        var (quote, depth): (Character?, Int) = (nil, 0)
        return text.firstIndex { character in
            if quote == nil, character == "[" { depth += 1 }
            if quote == nil, character == "]", depth > 0 {
                depth -= 1
                return false
            }
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            }
            return character == "]" && quote == nil
        }
    }

    private static func bracket(_ text: Substring) throws(PatternError) -> Step {
        if text == "*" { return .all }
        if text.hasPrefix("?") { return .filter(try JSONFilter(text.dropFirst())) }
        if let index = Int(text), index >= 0 { return .index(index) }
        guard let quote = text.first, quote == "'" || quote == "\"", text.count >= 2, text.last == quote else {
            throw error("expected a number, '*', a quoted name or a filter such as ?@.type=='tv' between '[' and ']'")
        }
        return .key(String(text.dropFirst().dropLast()))
    }

    private static func error(_ message: String) -> PatternError { PatternError(offset: 0, message: message) }
}

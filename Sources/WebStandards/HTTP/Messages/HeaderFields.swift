/// The header fields of a message in the order they came; a name may occur more than once and has no case.
public struct HeaderFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One field line.
    public struct Field: Sendable, Hashable {
        /// As written.
        public let name: String
        /// Without white space around it.
        public let value: String

        /// Makes a field; nothing is checked.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The field lines, in order.
    public private(set) var lines: [Field]

    /// Fields in this order.
    public init(_ lines: [Field] = []) {
        self.lines = lines
    }

    /// Fields in this order; a name may be repeated.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Field(name: $0, value: $1) })
    }

    /// Whether there are none.
    public var isEmpty: Bool { lines.isEmpty }

    /// The first value of a name.
    public func first(_ name: String) -> String? { lines.first { Self.areSame($0.name, name) }?.value }

    /// Every value of a name, in order; lists are not split.
    public func all(_ name: String) -> [String] { lines.filter { Self.areSame($0.name, name) }.map(\.value) }

    /// Whether the name occurs.
    public func contains(_ name: String) -> Bool { lines.contains { Self.areSame($0.name, name) } }

    /// The members of a list field over all its lines, without white space around them and without empty ones.
    ///
    /// Source: RFC 9110, section 5.6.1.
    public func list(_ name: String) -> [String] { all(name).flatMap(ListSyntax.members) }

    /// Adds a line at the end.
    public mutating func append(_ name: String, _ value: String) { lines.append(Field(name: name, value: value)) }

    /// Replaces every line of a name by one.
    public mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    /// Takes every line of a name away.
    public mutating func remove(_ name: String) { lines.removeAll { Self.areSame($0.name, name) } }

    /// The lines whose name, in lower case, `isIncluded` accepts.
    public func filter(_ isIncluded: (String) -> Bool) -> HeaderFields {
        HeaderFields(lines.filter { isIncluded($0.name.asciiLowercase) })
    }

    private static func areSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count
            && zip(one.utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension StringProtocol {
    /// With ASCII letters in lower case and everything else as it is.
    var asciiLowercase: String { String(decoding: utf8.map(\.lowercasedASCII), as: UTF8.self) }
}

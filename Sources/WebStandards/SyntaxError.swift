/// Why a text is not in the form its standard asks for.
public struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Bounded and free of values, so it can label a metric.
    public enum Code: String, Sendable, Hashable {
        case unexpectedEnd, unexpectedByte, invalidUTF8, invalidEscape, invalidNumber, tooDeep, tooLarge
        case wrongFieldCount, invalidField, outOfRange, neverFires, notASitemap
    }

    /// What kind of mistake it is.
    public let code: Code

    /// Where it is, in bytes from the start of the text.
    public let offset: Int

    /// The form that was expected there, for the author of the text.
    public let expected: String

    /// Describes a mistake at `offset`.
    public init(_ code: Code, offset: Int, expected: String) {
        self.code = code
        self.offset = offset
        self.expected = expected
    }

    /// One line for a log or a terminal.
    public var description: String { "\(code.rawValue) at byte \(offset): expected \(expected)" }
}

/// Why a text is not JSON.
public typealias JSONError = SyntaxError

/// Reads the smallest parts of a CSS selector: names, texts, white space.
///
/// Source: CSS Syntax Module Level 3, sections 4.3.5 (strings), 4.3.7 (escapes), 4.3.11 (names).
struct CSSScanner {
    let source: String
    private let scalars: [Unicode.Scalar]
    private(set) var offset = 0

    init(_ source: String) {
        self.source = source
        scalars = Array(source.unicodeScalars)
    }

    /// The scalar here; nil at the end.
    var current: Unicode.Scalar? { scalar(at: offset) }

    /// The scalar after the one here.
    var following: Unicode.Scalar? { scalar(at: offset + 1) }

    private func scalar(at index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    /// What is thrown when something else was expected here.
    func expected(_ what: String, at place: Int? = nil) -> SelectorError {
        SelectorError(source: source, offset: place ?? offset, expected: what)
    }

    mutating func advance() { offset += 1 }

    /// Passes the scalar if it is here.
    mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        offset += 1
        return true
    }

    mutating func require(_ scalar: Unicode.Scalar) throws(SelectorError) {
        guard consume(scalar) else { throw expected("'\(scalar)'") }
    }

    /// Passes white space and comments; whether there was white space.
    @discardableResult
    mutating func skipSpace() -> Bool {
        var hasSpace = false
        skipComments()
        while let scalar = current, scalar.isCSSSpace {
            hasSpace = true
            offset += 1
            skipComments()
        }
        return hasSpace
    }

    /// Passes comments, which unlike white space do not end a compound.
    mutating func skipComments() {
        while current == "/", following == "*" { skipComment() }
    }

    private mutating func skipComment() {
        offset += 2
        while current != nil, !(current == "*" && following == "/") { offset += 1 }
        offset = min(offset + 2, scalars.count)
    }

    /// A name such as `div`, `-x` or `di\76`; `what` is said when there is none.
    mutating func identifier(_ what: String) throws(SelectorError) -> String {
        guard startsIdentifier else { throw expected(what) }
        return name()
    }

    /// Whether a name starts here.
    var startsIdentifier: Bool {
        guard let first = current else { return false }
        if first == "-" {
            return following.map { $0 == "-" || $0.isCSSNameStart } ?? false || startsEscape(at: offset + 1)
        }
        return first.isCSSNameStart || startsEscape(at: offset)
    }

    /// A run of name characters, which unlike a name may start with a digit; empty when there is none.
    mutating func name() -> String {
        var name = String.UnicodeScalarView()
        while let scalar = current {
            if scalar.isCSSName {
                name.append(scalar)
                offset += 1
            } else if startsEscape(at: offset) {
                offset += 1
                name.append(escaped())
            } else {
                break
            }
        }
        return String(name)
    }

    private func startsEscape(at index: Int) -> Bool {
        guard scalar(at: index) == "\\", let next = scalar(at: index + 1) else { return false }
        return !next.isCSSNewline
    }

    /// The scalar meant by what follows a backslash.
    private mutating func escaped() -> Unicode.Scalar {
        guard let first = current else { return "\u{FFFD}" }
        guard first.hexValue != nil else {
            offset += 1
            return first
        }
        var value: UInt32 = 0
        for _ in 0..<6 {
            guard let digit = current?.hexValue else { break }
            value = value * 16 + digit
            offset += 1
        }
        if current?.isCSSSpace ?? false { offset += 1 }
        return value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// A text in quotes, the first of which is here.
    mutating func string() throws(SelectorError) -> String {
        let start = offset
        guard let quote = current else { throw expected("a string") }
        offset += 1
        var text = String.UnicodeScalarView()
        while let scalar = current, scalar != quote {
            if scalar.isCSSNewline { break }
            offset += 1
            if scalar != "\\" {
                text.append(scalar)
            } else if current?.isCSSNewline ?? false {
                offset += 1
            } else if current != nil {
                text.append(escaped())
            }
        }
        guard consume(quote) else { throw expected("'\(quote)' that closes the string started at \(start)") }
        return String(text)
    }

    /// Everything up to the closing parenthesis, which stays.
    mutating func rawArgument() -> String {
        var text = String.UnicodeScalarView()
        while let scalar = current, scalar != ")" {
            text.append(scalar)
            offset += 1
        }
        return String(text)
    }
}

extension Unicode.Scalar {
    fileprivate var isCSSNewline: Bool { self == "\n" || self == "\r" || self == "\u{0C}" }
    fileprivate var isCSSSpace: Bool { self == " " || self == "\t" || isCSSNewline }
    fileprivate var isCSSNameStart: Bool { value >= 0x80 || self == "_" || UInt8(value).isASCIILetter }
    fileprivate var isCSSName: Bool { isCSSNameStart || self == "-" || UInt8(value).isASCIIDigit }

    fileprivate var hexValue: UInt32? {
        switch value {
        case 0x30...0x39: value - 0x30
        case 0x41...0x46: value - 0x41 + 10
        case 0x61...0x66: value - 0x61 + 10
        default: nil
        }
    }
}

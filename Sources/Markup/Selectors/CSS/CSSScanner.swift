/// Reads the smallest parts of a CSS selector: names, texts, white space.
///
/// It reads UTF-8 in place: all that CSS gives a meaning is ASCII, and every other byte is part of a name or text.
///
/// Source: CSS Syntax Module Level 3, sections 4.3.5 (strings), 4.3.7 (escapes), 4.3.11 (names).
struct CSSScanner {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// A name as it stands in the selector, with its escapes.
    struct Name {
        fileprivate let start: Int
        fileprivate let end: Int
        fileprivate let isEscaped: Bool

        var isEmpty: Bool { start == end }
    }

    private let bytes: Bytes
    /// Bytes before the place here.
    private(set) var offset = 0

    /// Reads bytes without NUL that outlive the scanner.
    init(_ bytes: Bytes) { self.bytes = bytes }

    /// The byte here; 0 at the end.
    var current: UInt8 { byte(at: offset) }

    var isAtEnd: Bool { offset >= bytes.count }

    @inline(__always)
    private func byte(at index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// Whether this is here.
    @inline(__always)
    func isAt(_ scalar: Unicode.Scalar) -> Bool { current == UInt8(ascii: scalar) }

    /// Whether this follows what is here.
    @inline(__always)
    func isBefore(_ scalar: Unicode.Scalar) -> Bool { byte(at: offset + 1) == UInt8(ascii: scalar) }

    /// Whether a string starts here.
    var isAtQuote: Bool { isAt("\"") || isAt("'") }

    /// What is thrown when something else was expected here.
    func expected(_ what: String, at place: Int? = nil) -> SelectorError {
        SelectorError(
            source: String(decoding: bytes, as: UTF8.self), offset: scalars(before: place ?? offset), expected: what)
    }

    /// Places are counted in bytes until one is shown.
    private func scalars(before place: Int) -> Int {
        String(decoding: bytes[..<place], as: UTF8.self).unicodeScalars.count
    }

    mutating func advance() { offset += 1 }

    /// Goes back to where it was before.
    mutating func rewind(to place: Int) { offset = place }

    /// Passes an ASCII scalar if it is here.
    @inline(__always)
    mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
        guard isAt(scalar) else { return false }
        offset += 1
        return true
    }

    @inline(__always)
    mutating func require(_ scalar: Unicode.Scalar) throws(SelectorError) {
        guard consume(scalar) else { throw expected("'\(scalar)'") }
    }

    /// Passes white space and comments; whether there was white space.
    @discardableResult
    mutating func skipSpace() -> Bool {
        var hasSpace = false
        skipComments()
        while current.isASCIIWhitespace {
            hasSpace = true
            offset += 1
            skipComments()
        }
        return hasSpace
    }

    /// Passes comments, which unlike white space do not end a compound.
    @inline(__always)
    mutating func skipComments() {
        while isAt("/"), isBefore("*") { skipComment() }
    }

    private mutating func skipComment() {
        offset += 2
        while !isAtEnd, !(isAt("*") && isBefore("/")) { offset += 1 }
        offset = min(offset + 2, bytes.count)
    }

    /// Everything up to the closing parenthesis, which stays.
    mutating func rawArgument() -> Bytes {
        let start = offset
        while !isAtEnd, !isAt(")") { offset += 1 }
        return Bytes(rebasing: bytes[start..<offset])
    }
}

// MARK: Names

extension CSSScanner {
    /// A name such as `div`, `-x` or `di\76`; `what` is said when there is none.
    mutating func identifier(_ what: String) throws(SelectorError) -> Name {
        guard startsIdentifier else { throw expected(what) }
        return name()
    }

    /// Whether a name starts here.
    var startsIdentifier: Bool {
        if current.isCSSNameStart { return true }
        guard isAt("-") else { return startsEscape(at: offset) }
        let following = byte(at: offset + 1)
        return following.isCSSNameStart || following == UInt8(ascii: "-") || startsEscape(at: offset + 1)
    }

    /// A run of name characters, which unlike a name may start with a digit; empty when there is none.
    mutating func name() -> Name {
        let start = offset
        while current.isCSSName { offset += 1 }
        guard startsEscape(at: offset) else { return Name(start: start, end: offset, isEscaped: false) }
        offset = start
        var ignored: [UInt8] = []
        unescapeName(into: &ignored)
        return Name(start: start, end: offset, isEscaped: true)
    }

    /// The name of length zero that is before the place here.
    var noName: Name { Name(start: offset, end: offset, isEscaped: false) }

    private mutating func unescapeName(into text: inout [UInt8]) {
        while true {
            let start = offset
            while current.isCSSName { offset += 1 }
            text.append(contentsOf: bytes[start..<offset])
            guard startsEscape(at: offset) else { return }
            offset += 1
            unescape(into: &text)
        }
    }

    /// Lends what a name says; in place for most.
    @inline(__always)
    func withBytes<Result>(of name: Name, lowercased: Bool, _ body: (Bytes) -> Result) -> Result {
        let written = Bytes(rebasing: bytes[name.start..<name.end])
        let isLowercase = !lowercased || written.allSatisfy { $0 == $0.asciiLowercased }
        if !name.isEscaped, isLowercase { return body(written) }
        var text: [UInt8] = []
        append(name, to: &text)
        if lowercased { text = text.map(\.asciiLowercased) }
        return text.withUnsafeBufferPointer(body)
    }

    func append(_ name: Name, to text: inout [UInt8]) {
        guard name.isEscaped else {
            text.append(contentsOf: Bytes(rebasing: bytes[name.start..<name.end]))
            return
        }
        var again = self
        again.offset = name.start
        again.unescapeName(into: &text)
    }

    func string(_ name: Name, lowercased: Bool) -> String {
        withBytes(of: name, lowercased: lowercased) { String(decoding: $0, as: UTF8.self) }
    }
}

// MARK: Strings and escapes

extension CSSScanner {
    /// A text in quotes, the first of which is here.
    mutating func string(into text: inout [UInt8]) throws(SelectorError) {
        let start = offset
        let quote = current
        offset += 1
        while true {
            let run = offset
            while !isAtEnd, current != quote, !isAt("\\"), !current.isCSSNewline { offset += 1 }
            text.append(contentsOf: Bytes(rebasing: bytes[run..<offset]))
            guard consume("\\") else { break }
            if current.isCSSNewline {
                offset += 1
            } else if !isAtEnd {
                unescape(into: &text)
            }
        }
        guard current == quote else {
            let sign = Unicode.Scalar(quote)
            throw expected("'\(sign)' that closes the string started at \(scalars(before: start))")
        }
        offset += 1
    }

    private func startsEscape(at index: Int) -> Bool {
        byte(at: index) == UInt8(ascii: "\\") && index + 1 < bytes.count && !bytes[index + 1].isCSSNewline
    }

    /// Reads what follows a backslash; of a scalar that is not ASCII the first byte, as the others speak for themselves.
    private mutating func unescape(into text: inout [UInt8]) {
        guard current.hexValue != nil else {
            text.append(current)
            offset += 1
            return
        }
        var value: UInt32 = 0
        for _ in 0..<6 {
            guard let digit = current.hexValue else { break }
            value = value * 16 + digit
            offset += 1
        }
        if current.isASCIIWhitespace { offset += 1 }
        let scalar = value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}

extension UInt8 {
    fileprivate var isCSSNewline: Bool { self == 0x0A || self == 0x0D || self == 0x0C }
    fileprivate var isCSSNameStart: Bool { isASCIILetter || self == UInt8(ascii: "_") || self >= 0x80 }
    fileprivate var isCSSName: Bool { isCSSNameStart || self == UInt8(ascii: "-") || isASCIIDigit }

    fileprivate var hexValue: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self) - 0x30
        case 0x41...0x46: UInt32(self) - 0x41 + 10
        case 0x61...0x66: UInt32(self) - 0x61 + 10
        default: nil
        }
    }
}

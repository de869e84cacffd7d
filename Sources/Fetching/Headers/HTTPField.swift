/// One header line: a name and a value.
public struct HTTPField: Sendable, Hashable, CustomStringConvertible {
    /// As written; compared without regard to ASCII case.
    public var name: String
    /// Without white space around it.
    public var value: String

    /// A field; nothing is checked before it is sent.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// As on the wire, without the line end.
    public var description: String { "\(name): \(value)" }

    /// Whether the name is a token (RFC 9110, 5.6.2).
    var hasValidName: Bool { !name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter) }

    /// Whether the value holds no control character but the tab (RFC 9110, 5.5), so that it cannot end its line.
    var hasValidValue: Bool { value.utf8.allSatisfy(\.isFieldCharacter) }
}

extension UInt8 {
    /// `tchar` of RFC 9110, 5.6.2.
    var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }

    /// A visible character, space, tab or byte above ASCII.
    var isFieldCharacter: Bool { self == 9 || (self >= 0x20 && self != 0x7f) }

    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// The lower-case form of an ASCII letter, any other byte as it is.
    var asciiLowercased: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
}

extension StringProtocol {
    /// Whether both are equal when ASCII letters are taken without case.
    func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
}

/// One header line: a name, and a value whose bytes need not be UTF-8.
public struct HeaderField: Sendable, Hashable, CustomStringConvertible {
    /// As written; compared without regard to ASCII case.
    public let name: String
    /// Without white space around it; bytes that are no UTF-8 are read as ISO 8859-1.
    public let value: String
    /// Where they are not those of `value`.
    private let rawBytes: [UInt8]?

    /// Makes a field; nothing is checked.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
        rawBytes = nil
    }

    /// Makes a field as it came; nothing is checked.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        if let text = String(validating: bytes, as: UTF8.self) {
            (value, rawBytes) = (text, nil)
        } else {
            (value, rawBytes) = (bytes.asLatin1, bytes)
        }
    }

    /// The value as sent. A `Location` is taken from these: `%E9` and `%C3%A9` are two URLs, though both are read as "é".
    public var bytes: [UInt8] { rawBytes ?? Array(value.utf8) }

    /// As on the wire, without the line end.
    public var description: String { "\(name): \(value)" }

    /// Whether the name is a token (RFC 9110, section 5.6.2).
    public var hasValidName: Bool { !name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter) }

    /// Whether the value holds no control character but the tab (RFC 9110, section 5.5), so that it cannot end its line.
    public var hasValidValue: Bool { bytes.allSatisfy { $0 == 9 || ($0 >= 0x20 && $0 != 0x7F) } }

    /// Whether it has this name.
    public func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension UInt8 {
    /// `tchar` of RFC 9110, section 5.6.2.
    fileprivate var isTokenCharacter: Bool {
        switch lowercasedASCII {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}

extension [UInt8] {
    /// Each byte as the character of that number, so that none is lost.
    fileprivate var asLatin1: String { String(String.UnicodeScalarView(map { UnicodeScalar($0) })) }
}

extension StringProtocol {
    /// With ASCII letters in lower case and everything else as it is.
    var asciiLowercase: String { String(decoding: utf8.map(\.lowercasedASCII), as: UTF8.self) }
}

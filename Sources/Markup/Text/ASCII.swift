extension UInt8 {
    /// Tab, line feed, form feed, carriage return, space: "ASCII whitespace" of the Infra standard.
    @inline(__always)
    var isASCIIWhitespace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C }

    @inline(__always)
    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

    @inline(__always)
    var isASCIIDigit: Bool { self &- 0x30 < 10 }

    /// The letter in lower case; other bytes as they are.
    @inline(__always)
    var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension Character {
    var isASCIIWhitespace: Bool { utf8.count == 1 && (utf8.first?.isASCIIWhitespace ?? false) || self == "\r\n" }
}

extension StringProtocol {
    /// The text with the letters A to Z in lower case and everything else untouched.
    var asciiLowercased: String { String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self) }
}

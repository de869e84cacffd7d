extension UInt8 {
    /// 0…9.
    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// A visible character, space, tab or byte above ASCII.
    var isFieldCharacter: Bool { self == 9 || (self >= 0x20 && self != 0x7f) }

    /// The lower-case form of an ASCII letter, any other byte as it is.
    var asciiLowercased: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
}

extension StringProtocol {
    /// Whether both are equal when ASCII letters are taken without case.
    func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
}

import Synchronization

/// What the upper 128 bytes of a single-byte encoding mean.
///
/// windows-1252 is written down here; the others are asked of the C library once each, and corrected where it differs from
/// the standard's tables.
struct SingleByteTable: Sendable {
    /// UTF-8 for the bytes 0x80 to 0xFF; U+FFFD for those that mean nothing.
    private let upper: [[UInt8]]

    /// The table of an encoding, made once.
    static func of(_ encoding: CharacterEncoding) -> SingleByteTable {
        if let table = made.withLock({ $0[encoding] }) { return table }
        let table = SingleByteTable(encoding)
        made.withLock { $0[encoding] = table }
        return table
    }

    private static let made = Mutex<[CharacterEncoding: SingleByteTable]>([:])
    private static let unknown = Array("\u{FFFD}".utf8)

    private init(_ encoding: CharacterEncoding) {
        let converter = Self.systemName(encoding).flatMap { CharacterConverter(from: $0) }
        upper = (0x80...0xFF).map { byte in
            let scalar = Self.own(byte, encoding) ?? converter?.scalar(UInt8(byte)) ?? Self.control(byte, encoding)
            return scalar.map { Array(String(Character($0)).utf8) } ?? Self.unknown
        }
    }

    func decode(_ bytes: [UInt8]) -> (bytes: [UInt8], hadErrors: Bool) {
        guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return (bytes, false) }
        var hadErrors = false
        var decoded = Array(bytes[..<first])
        decoded.reserveCapacity(bytes.count + bytes.count / 4)
        for byte in bytes[first...] {
            if byte < 0x80 {
                decoded.append(byte)
            } else {
                let character = upper[Int(byte) - 0x80]
                hadErrors = hadErrors || character == Self.unknown
                decoded.append(contentsOf: character)
            }
        }
        return (decoded, hadErrors)
    }

    // MARK: Tables

    /// The bytes 0x80 to 0x9F of windows-1252; 0 for those that are control characters.
    private static let windows1252: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    /// What the standard says where the C library does not know or differs.
    private static func own(_ byte: Int, _ encoding: CharacterEncoding) -> Unicode.Scalar? {
        switch (encoding, byte) {
        case (.windows1252, 0x80..<0xA0) where windows1252[byte - 0x80] != 0: Unicode.Scalar(windows1252[byte - 0x80])
        case (.windows1252, _): Unicode.Scalar(UInt8(byte))
        case (.userDefined, _): Unicode.Scalar(UInt32(0xF700 + byte))
        case (.koi8U, 0xAE): "\u{45E}"
        case (.koi8U, 0xBE): "\u{40E}"
        case (.macCyrillic, 0xFF): "\u{20AC}"
        case (.macintosh, 0xC6): "\u{2206}"
        case (.macintosh, 0xF0): "\u{F8FF}"
        case (.windows1255, 0xCA): "\u{5BA}"
        default: nil
        }
    }

    /// Unused bytes below 0xA0 stand for control characters, in the encodings of Windows as in those of ISO.
    private static func control(_ byte: Int, _ encoding: CharacterEncoding) -> Unicode.Scalar? {
        byte < 0xA0 && encoding.name.hasPrefix("windows-") ? Unicode.Scalar(UInt8(byte)) : nil
    }

    /// The C library's name.
    private static func systemName(_ encoding: CharacterEncoding) -> String? {
        switch encoding {
        case .windows1252, .userDefined: nil
        case .windows874: "CP874"
        case .macintosh: "MACINTOSH"
        case .macCyrillic: "MAC-CYRILLIC"
        case .iso8859_8I: "ISO-8859-8"
        default: encoding.name.hasPrefix("windows-") ? "CP" + encoding.name.dropFirst(8) : encoding.name.uppercased()
        }
    }
}

/// Encodings from before UTF-8, as far as the demo site's pages need them; other characters become numeric references.
///
/// Source: WHATWG Encoding Standard, indexes windows-1252 and jis0208 (kana rows).
public enum LegacyEncoding: String, Sendable, Hashable, CaseIterable {
    case shiftJIS = "shift_jis"
    case windows1252 = "windows-1252"

    /// The text in this encoding; `&#N;` stands for what it does not have.
    public func encode(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
            } else if let encoded = encode(scalar.value) {
                bytes += encoded
            } else {
                bytes += "&#\(scalar.value);".utf8
            }
        }
        return bytes
    }

    private func encode(_ scalar: UInt32) -> [UInt8]? {
        switch self {
        case .shiftJIS: Self.shiftJIS(scalar)
        case .windows1252: Self.windows1252(scalar)
        }
    }

    private static func windows1252(_ scalar: UInt32) -> [UInt8]? {
        if (0xA0...0xFF).contains(scalar) { return [UInt8(scalar)] }
        return upperPunctuation[scalar].map { [$0] }
    }

    private static let upperPunctuation: [UInt32: UInt8] = [
        0x20AC: 0x80, 0x2026: 0x85, 0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2022: 0x95, 0x2013: 0x96,
        0x2014: 0x97,
    ]

    private static func shiftJIS(_ scalar: UInt32) -> [UInt8]? {
        switch scalar {
        // Hiragana and katakana lie in a row in JIS X 0208; the trail byte leaves out 0x7F.
        case 0x3041...0x3093: return [0x82, UInt8(scalar - 0x3041) + 0x9F]
        case 0x30A1...0x30F6:
            let trail = UInt8(scalar - 0x30A1) + 0x40
            return [0x83, trail >= 0x7F ? trail + 1 : trail]
        default: return marks[scalar].map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        }
    }

    private static let marks: [UInt32: UInt16] = [
        0x3000: 0x8140, 0x3001: 0x8141, 0x3002: 0x8142, 0x30FB: 0x8145, 0x30FC: 0x815B, 0x2019: 0x8166, 0x201C: 0x8167,
        0x201D: 0x8168, 0x2026: 0x8163, 0x266A: 0x81F4,
    ]
}

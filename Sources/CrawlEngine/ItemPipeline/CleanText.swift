import Foundation

/// Texts as they are stored: Unicode NFC, without NUL and other control characters but tab and newline, without characters that only
/// break lines or keep them together, and without white space at the ends.
enum CleanText {
    static func clean(_ text: String) -> String { composed(text).trimmed }

    /// Whether a text is as ``clean(_:)`` would leave it, told from its bytes: printable ASCII, and no white space at its ends.
    static func isSurelyClean(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first, let last = bytes.last else { return true }
            return first != 0x20 && last != 0x20 && bytes.allSatisfy { (0x20..<0x7F).contains($0) }
        }
    }

    private static func composed(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }) { return text }
        var kept = text
        if text.unicodeScalars.contains(where: isControl) {
            kept.unicodeScalars = String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) })
        }
        return isComposed(kept) ? kept : kept.precomposedStringWithCanonicalMapping
    }

    /// Whether a text is surely in NFC: all of it is of blocks in which nothing composes with what stands before it, nor decomposes
    /// (UAX #15, quick check; of class 0).
    private static func isComposed(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            // Latin, punctuation, Hiragana and Katakana without their combining marks, Han, Hangul.
            case 0..<0x300, 0x2010...0x2027, 0x3001...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x4E00...0x9FFF,
                0xAC00...0xD7A3, 0xFF01...0xFF5E:
                true
            default: false
            }
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0: true
        // Marks of direction and the joiners of letters and emoji stay: they can be meant. The space of no width, the word joiner, the soft
        // hyphen and the BOM are the typesetter's, and would part or join words for who searches them.
        case 0x00AD, 0x200B, 0x2060, 0xFEFF: true
        default: false
        }
    }
}

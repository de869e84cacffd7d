/// Text from outside as it may be shown: characters that a terminal or a log obeys become their code points.
///
/// These are control characters (line ends, escape sequences, also those of a single byte), characters that turn the direction of
/// writing or join others unseen, and Unicode's own line ends.
public enum VisibleText {
    /// One line; of a text longer than `limit` Unicode scalars the beginning, with "…" behind it.
    public static func line(_ text: String, limit: Int = .max) -> String {
        let isShort = text.utf8.count <= limit || text.unicodeScalars.dropFirst(limit).isEmpty
        if isShort, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            if scalar.isObeyed {
                shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                shown.append(scalar)
            }
        }
        return String(shown) + (isShort ? "" : "…")
    }

    /// A JSON text that says the same; such characters can only be in its strings, where JSON has escapes for them.
    public static func json(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard scalar.isObeyed else {
                shown.append(scalar)
                continue
            }
            for unit in UTF16.encode(scalar) ?? .init() {
                let digits = String(unit, radix: 16)
                shown.append(
                    contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
            }
        }
        return String(shown)
    }
}

extension Unicode.Scalar {
    fileprivate var isObeyed: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

/// The series that a title seems to belong to, where no relation is known: its first words, without what numbers a season or names a kind.
///
/// The rule of the evaluation protocol, so that figures compare: a heuristic that joins a few strangers and parts a few relatives.
public enum SeriesTitle {
    /// What two titles of one series have in common; the trimmed title itself when nothing else is left.
    public static func key(of title: String) -> String {
        let head = head(of: title.lowercased())
        let words = head.utf8.split { !isWordByte($0) }.map { String(decoding: $0, as: UTF8.self) }
        let telling = words.filter { !numbering.contains($0) && !isYear($0) }
        return telling.isEmpty ? trimmed(head) : telling.prefix(3).joined(separator: " ")
    }

    /// What stands before a subtitle.
    private static func head(of title: String) -> Substring {
        let scalars = title.unicodeScalars
        for index in scalars.indices {
            let isBreak =
                breaks.contains(scalars[index])
                || scalars[index] == " " && scalars[index...].starts(with: " - ".unicodeScalars)
            if isBreak { return title[..<index] }
        }
        return title[...]
    }

    private static let breaks: Set<Unicode.Scalar> = [":", "(", "～", "~", "!"]

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    private static func isYear(_ word: String) -> Bool {
        word.utf8.count == 4 && (word.hasPrefix("19") || word.hasPrefix("20"))
            && word.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }

    private static let numbering: Set<String> = [
        "season", "2nd", "3rd", "4th", "1st", "second", "third", "fourth", "final", "part", "movie", "movies", "ova",
        "ovas", "oad", "tv", "special", "specials", "ii", "iii", "iv", "v", "2", "3", "4", "5", "6", "7", "8", "9",
        "10", "the", "no", "to", "gekijouban", "zoku", "shin", "new", "hen", "kai", "r", "s", "x", "plus", "recap",
        "picture", "drama",
    ]
}

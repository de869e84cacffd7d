/// What titles of one work have in common: without season, part, kind and subtitle.
///
/// Only ever supports a relation that somebody states: remakes and strangers share titles too.
public enum TitleStem {
    /// Letters a stem needs before the title that begins with it counts as related.
    private static let leastLetters = 4

    private static let leading: Set<String> = ["gekijouban", "gekijoban", "eiga", "movie"]

    private static let trailing: Set<String> = [
        "season", "series", "part", "cour", "final", "the", "tv", "movie", "film", "special", "specials", "ova", "ovas",
        "oad", "ona", "recap", "recaps", "summary", "pv", "first", "second", "third", "fourth", "fifth", "ii", "iii",
        "iv", "v", "vi", "vii", "viii", "ix", "x", "soushuuhen", "zoku", "zenpen", "kouhen", "new",
    ]

    /// How far titles agree.
    public enum Agreement: Int, Sendable, Comparable {
        /// Not at all.
        case none
        /// One begins with the other's stem, or they differ after it.
        case partial
        /// But for season, part and kind.
        case whole

        public static func < (a: Agreement, b: Agreement) -> Bool { a.rawValue < b.rawValue }
    }

    /// How far one of the first entry's titles agrees with one of the second's, at best.
    public static func agreement(of first: CatalogEntry, _ second: CatalogEntry) -> Agreement {
        first.comparedTitles.flatMap { title in second.comparedTitles.map { agreement(of: title, $0) } }.max() ?? .none
    }

    /// How far two titles agree.
    public static func agreement(of first: String, _ second: String) -> Agreement {
        let (one, other) = (stems(of: first), stems(of: second))
        guard let whole = one.first, let otherWhole = other.first else { return .none }
        if whole == otherWhole { return .whole }
        let isPartial =
            one.contains(where: other.contains) || other.contains { begins(whole, with: $0) }
            || one.contains { begins(otherWhole, with: $0) }
        return isPartial ? .partial : .none
    }

    /// A title's stem: the words before its subtitle, without those that number it or say its kind.
    public static func stem(of title: String) -> String { stems(of: title).last?.joined(separator: " ") ?? "" }

    /// The words of a whole title, its subtitle with it, without those that number it or say its kind; and whether there were any of these.
    public static func unnumbered(_ title: String) -> (words: [String], wasNumbered: Bool) {
        let all = words(of: title.lowercased())
        let left = stripped(all)
        return (left, left.count < all.count)
    }

    private static func begins(_ title: [String], with stem: [String]) -> Bool {
        title.starts(with: stem) && stem.reduce(0) { $0 + $1.count } >= leastLetters
    }

    /// The stem of the whole title, and that of what stands before its subtitle.
    private static func stems(of title: String) -> [[String]] {
        let text = title.lowercased()
        let head = head(of: text)
        let stems =
            head.count == text.count
            ? [stripped(words(of: text))] : [text, String(head)].map { stripped(words(of: $0)) }
        return stems.filter { !$0.isEmpty }
    }

    /// What stands before ": " or " - ".
    private static func head(of text: String) -> Substring {
        var previous: Character = " "
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            let isFollowedBySpace = next < text.endIndex && text[next] == " "
            let isBreak = text[index] == ":" || text[index] == "-" && previous == " "
            if isBreak, isFollowedBySpace, index > text.startIndex { return text[..<index] }
            previous = text[index]
            index = next
        }
        return text[...]
    }

    private static func words(of text: String) -> [String] {
        let isQuote = { (character: Character) in "'’`´".contains(character) }
        let isPart = { (character: Character) in character.isLetter || character.isNumber }
        return text.filter { !isQuote($0) }.split { !isPart($0) }.map(String.init)
    }

    private static func stripped(_ words: [String]) -> [String] {
        var words = words[...]
        while let first = words.first, words.count > 1, leading.contains(first) { words.removeFirst() }
        while let last = words.last, words.count > 1 {
            if isNumbering(last) {
                words.removeLast()
            } else if isCounted(words) {
                words.removeLast(2)
            } else {
                break
            }
        }
        return Array(words)
    }

    /// Whether the last word is a kind of part that the word before it counts, as in "2nd Stage".
    private static func isCounted(_ words: ArraySlice<String>) -> Bool {
        guard words.count > 2, let last = words.last, parts.contains(last) else { return false }
        return ordinals.contains(words[words.endIndex - 2])
    }

    private static let parts: Set<String> = [
        "stage", "attack", "act", "gig", "raid", "beat", "chapter", "arc", "impact", "edition", "sessions", "code",
    ]

    private static let ordinals: Set<String> = [
        "first", "second", "third", "fourth", "fifth", "1st", "2nd", "3rd", "4th", "5th",
    ]

    private static func isNumbering(_ word: String) -> Bool {
        if trailing.contains(word) { return true }
        // "2", "2015", "2nd", "s2", "Ⅱ"
        let digits = word.filter(\.isNumber)
        guard !digits.isEmpty else { return false }
        return ["", "st", "nd", "rd", "th", "s"].contains(word.filter { !$0.isNumber })
    }
}

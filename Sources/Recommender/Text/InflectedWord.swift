/// A word on its way to its stem: its letters, where its two regions start, and one method per step of the algorithm.
///
/// A `y` that is a consonant is written `Y` meanwhile.
struct InflectedWord {
    private var letters: [UInt8]
    /// Where the region after the first consonant that follows a vowel starts.
    private var firstRegion = 0
    /// The same within the first region.
    private var secondRegion = 0
    private let edition: Stemmer.Edition

    init(_ word: [UInt8], edition: Stemmer.Edition) {
        letters = word.first == UInt8(ascii: "'") ? Array(word.dropFirst()) : word
        self.edition = edition
        markConsonantY()
        let prefixes = edition == .nltk ? Self.longPrefixes.prefix(3) : Self.longPrefixes[...]
        firstRegion = prefixes.first { letters.starts(with: $0) }?.count ?? regionStart(from: 0)
        secondRegion = regionStart(from: firstRegion)
    }

    var string: String {
        String(decoding: letters.map { $0 == UInt8(ascii: "Y") ? UInt8(ascii: "y") : $0 }, as: UTF8.self)
    }

    // MARK: Steps

    /// Step 0.
    mutating func removePossessive() {
        for ending in ["'s'", "'s", "'"] where hasSuffix(ending) { return removeLast(ending.utf8.count) }
    }

    /// Step 1a.
    mutating func removePlural() {
        if hasSuffix("sses") {
            removeLast(2)
        } else if hasSuffix("ied") || hasSuffix("ies") {
            removeLast(letters.count > 4 ? 2 : 1)
        } else if hasSuffix("s"), !hasSuffix("us"), !hasSuffix("ss"), hasVowel(before: letters.count - 2) {
            removeLast(1)
        }
    }

    /// Step 1b.
    mutating func removePastAndGerund() {
        if let ending = ["eedly", "eed"].first(where: hasSuffix) {
            let start = letters.count - ending.utf8.count
            let isKept = edition == .snowball && Self.isOne(of: ["proc", "exc", "succ"], letters[..<start])
            if start >= firstRegion, !isKept { removeLast(ending.utf8.count - 2) }
            return
        }
        guard let ending = ["ingly", "edly", "ing", "ed"].first(where: hasSuffix) else { return }
        let start = letters.count - ending.utf8.count
        if ending == "ing", edition == .snowball, changesGerund(start) { return }
        guard hasVowel(before: start) else { return }
        removeLast(ending.utf8.count)
        repairEnd()
    }

    /// *dying* → *die*; *inning* and its like stay. Whether the word was one of these.
    private mutating func changesGerund(_ start: Int) -> Bool {
        if start == 2, letters[1] == UInt8(ascii: "y"), !isVowel(0) {
            letters = [letters[0]] + Array("ie".utf8)
            return true
        }
        return Self.isOne(of: ["inn", "out", "cann", "herr", "earr", "even"], letters[..<start])
    }

    /// Gives back an `e` that belongs to the stem, or takes one of a doubled consonant.
    private mutating func repairEnd() {
        if hasSuffix("at") || hasSuffix("bl") || hasSuffix("iz") {
            letters.append(UInt8(ascii: "e"))
        } else if endsInDouble {
            let isWhole = edition == .snowball && letters.count == 3 && "aeo".utf8.contains(letters[0])
            if !isWhole { removeLast(1) }
        } else if firstRegion >= letters.count, endsInShortSyllable(at: letters.count) {
            letters.append(UInt8(ascii: "e"))
        }
    }

    /// Step 1c.
    mutating func replaceFinalY() {
        guard letters.count > 2, letters.last.map({ $0 | 0x20 }) == UInt8(ascii: "y"), !isVowel(letters.count - 2)
        else { return }
        letters[letters.count - 1] = UInt8(ascii: "i")
    }

    /// Step 2.
    mutating func shortenDerivation() {
        if let (ending, replacement) = Self.derivations.first(where: { hasSuffix($0.0) }) {
            let isKnown = edition == .snowball || ending != "ogist"
            if isKnown, inFirstRegion(ending) { replace(ending, replacement) }
        } else if hasSuffix("ogi") {
            if inFirstRegion("ogi"), letter(4) == UInt8(ascii: "l") { replace("ogi", "og") }
        } else if hasSuffix("li"), inFirstRegion("li"), let before = letter(3), "cdeghkmnrt".utf8.contains(before) {
            removeLast(2)
        }
    }

    /// Step 3.
    mutating func shortenSuffix() {
        if hasSuffix("ative") {
            if inSecondRegion("ative") { removeLast(5) }
        } else if let (ending, replacement) = Self.suffixes.first(where: { hasSuffix($0.0) }), inFirstRegion(ending) {
            replace(ending, replacement)
        }
    }

    /// Step 4.
    mutating func removeSuffix() {
        guard let ending = Self.removed.first(where: hasSuffix), inSecondRegion(ending) else { return }
        if ending == "ion" {
            guard let before = letter(4), before == UInt8(ascii: "s") || before == UInt8(ascii: "t") else { return }
        }
        removeLast(ending.utf8.count)
    }

    /// Step 5.
    mutating func removeFinalE() {
        if hasSuffix("e") {
            let isOutsideShort = inFirstRegion("e") && !endsInShortSyllable(at: letters.count - 1)
            if inSecondRegion("e") || isOutsideShort { removeLast(1) }
        } else if hasSuffix("ll"), inSecondRegion("l") {
            removeLast(1)
        }
    }

    // MARK: Tables, longer endings before the endings they end in

    private static let longPrefixes = [
        "gener", "commun", "arsen",
        // Since Snowball 3.0.
        "past", "univers", "later", "emerg", "organ", "inter",
    ]
    .map { Array($0.utf8) }
    private static let derivations: [(String, String)] = [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
        ("tional", "tion"),
        ("biliti", "ble"), ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"),
        ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"), ("ogist", "og"), ("enci", "ence"), ("anci", "ance"),
        ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"),
    ]
    private static let suffixes: [(String, String)] = [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"),
        ("ness", ""),
        ("ful", ""),
    ]
    private static let removed = [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
        "al", "er",
        "ic",
    ]

    // MARK: Letters

    private mutating func markConsonantY() {
        for index in letters.indices where letters[index] == UInt8(ascii: "y") {
            if index == 0 || isVowel(index - 1) { letters[index] = UInt8(ascii: "Y") }
        }
    }

    private func isVowel(_ index: Int) -> Bool {
        switch letters[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }

    private func hasVowel(before end: Int) -> Bool { (0..<max(0, end)).contains(where: isVowel) }

    /// The place after the first consonant that follows a vowel.
    private func regionStart(from start: Int) -> Int {
        var index = start
        while index < letters.count, !isVowel(index) { index += 1 }
        while index < letters.count, isVowel(index) { index += 1 }
        return min(index + 1, letters.count)
    }

    /// A vowel between consonants, the last of them not w, x or consonant y; or a vowel that starts the word before a consonant.
    private func endsInShortSyllable(at end: Int) -> Bool {
        // Snowball 3.0 counts one word more.
        if edition == .snowball, letters[..<end].elementsEqual("past".utf8) { return true }
        guard end > 1, !isVowel(end - 1), isVowel(end - 2) else { return false }
        if end == 2 { return true }
        return !isVowel(end - 3) && !"wxY".utf8.contains(letters[end - 1])
    }

    private var endsInDouble: Bool {
        guard letters.count > 1, let last = letters.last else { return false }
        return last == letters[letters.count - 2] && "bdfgmnprt".utf8.contains(last)
    }

    /// A letter counted from the end, the last being 1.
    private func letter(_ fromEnd: Int) -> UInt8? { letters.count >= fromEnd ? letters[letters.count - fromEnd] : nil }

    private func hasSuffix(_ ending: String) -> Bool {
        letters.count >= ending.utf8.count && letters[(letters.count - ending.utf8.count)...].elementsEqual(ending.utf8)
    }

    private func inFirstRegion(_ ending: String) -> Bool { letters.count - ending.utf8.count >= firstRegion }

    private func inSecondRegion(_ ending: String) -> Bool { letters.count - ending.utf8.count >= secondRegion }

    private mutating func removeLast(_ count: Int) { letters.removeLast(min(count, letters.count)) }

    private mutating func replace(_ ending: String, _ replacement: String) {
        removeLast(ending.utf8.count)
        letters += replacement.utf8
    }

    private static func isOne(of words: [String], _ part: ArraySlice<UInt8>) -> Bool {
        words.contains { part.elementsEqual($0.utf8) }
    }
}

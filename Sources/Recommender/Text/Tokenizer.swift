/// Cuts English prose into lower-case words of the letters a to z.
///
/// - Upper case becomes lower case; Latin letters with marks lose them (`Pokémon` → `pokemon`, `Kyōto` → `kyoto`).
/// - An apostrophe between two letters (`'`, `’`) belongs to the word: the possessive `'s` is cut off, contractions such as `don't` are
///   given as written so that a stop list can know them, and in any other word the apostrophe goes (`o'brien` → `obrien`).
/// - Everything else separates words; words of one letter are left out.
public struct Tokenizer: Sendable, Hashable {
    /// Words longer than this are noise (a line of sound, a link) and are left out.
    public var maximumLength: Int

    /// Makes a tokeniser.
    public init(maximumLength: Int = 40) {
        self.maximumLength = maximumLength
    }

    /// The words of a text, in their order.
    public func words(in text: String) -> [String] {
        var words: [String] = []
        forEachWord(in: text) { words.append(String(decoding: $0, as: UTF8.self)) }
        return words
    }

    /// Calls `body` with the letters and inner apostrophes of each word; the buffer holds only until it returns.
    func forEachWord(in text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            var scanner = WordScanner(bytes: bytes)
            while scanner.scanWord() {
                guard scanner.word.count > 1, scanner.word.count <= maximumLength else { continue }
                scanner.word.withUnsafeBufferPointer(body)
            }
        }
    }
}

/// Reads one word after the other from UTF-8.
private struct WordScanner {
    private static let apostrophe = UInt8(ascii: "'")
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private(set) var word: [UInt8] = []

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads the next word into `word`; false at the end of the text.
    mutating func scanWord() -> Bool {
        word.removeAll(keepingCapacity: true)
        while position < bytes.count {
            if !appendLetters() {
                let separator = separatorLength
                guard !word.isEmpty else {
                    position += separator.bytes
                    continue
                }
                guard separator.isApostrophe, isLetter(at: position + separator.bytes) else { break }
                word.append(Self.apostrophe)
                position += separator.bytes
            }
        }
        normaliseApostrophes()
        return !word.isEmpty
    }

    /// Appends the letter at the position; false when there is none.
    private mutating func appendLetters() -> Bool {
        let byte = bytes[position]
        let lower = byte | 0x20
        if lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "z") {
            word.append(lower)
            position += 1
            return true
        }
        guard let folded = foldedLetter(at: position) else { return false }
        word.append(contentsOf: folded)
        position += 2
        return true
    }

    private func isLetter(at place: Int) -> Bool {
        guard place < bytes.count else { return false }
        let lower = bytes[place] | 0x20
        return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || foldedLetter(at: place) != nil
    }

    /// The plain letters of a two-byte Latin letter: U+00C0 to U+017F.
    private func foldedLetter(at place: Int) -> [UInt8]? {
        let lead = bytes[place]
        guard lead >= 0xC3, lead <= 0xC5, place + 1 < bytes.count else { return nil }
        return LatinFolding.letters[Int(lead - 0xC3) * 64 + Int(bytes[place + 1] & 0x3F)]
    }

    private var separatorLength: (bytes: Int, isApostrophe: Bool) {
        let byte = bytes[position]
        if byte == Self.apostrophe { return (1, true) }
        // U+2019, the typographic apostrophe, is E2 80 99; U+2018 ends in 98 and often stands for it by mistake.
        if byte == 0xE2, position + 2 < bytes.count, bytes[position + 1] == 0x80, bytes[position + 2] & 0xFE == 0x98 {
            return (3, true)
        }
        return (1, false)
    }

    private mutating func normaliseApostrophes() {
        guard word.contains(Self.apostrophe) else { return }
        if word.suffix(2).elementsEqual([Self.apostrophe, UInt8(ascii: "s")]) { word.removeLast(2) }
        if !Contractions.isContraction(word) { word.removeAll { $0 == Self.apostrophe } }
    }
}

/// Words that an apostrophe joins from two function words.
private enum Contractions {
    private static let endings: [[UInt8]] = ["n't", "'ll", "'re", "'ve", "'d", "'m"].map { Array($0.utf8) }

    static func isContraction(_ word: [UInt8]) -> Bool {
        endings.contains { word.count > $0.count && word.suffix($0.count).elementsEqual($0) }
    }
}

/// Latin letters with marks, without them.
private enum LatinFolding {
    /// For U+00C0 to U+017F in order, a letter each; `-` where there is none, digits for the pairs of `pairs`.
    private static let table =
        "aaaaaa0ceeeeiiii1nooooo-ouuuuy23aaaaaa0ceeeeiiii1nooooo-ouuuuy2y"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii44jjkkklllllll"
        + "lllnnnnnnnnnoooooo55rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    private static let pairs: [Character: String] = ["0": "ae", "1": "d", "2": "th", "3": "ss", "4": "ij", "5": "oe"]

    static let letters: [[UInt8]?] = table.map { letter in
        letter == "-" ? nil : Array((pairs[letter] ?? String(letter)).utf8)
    }
}

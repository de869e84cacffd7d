/// Cuts prose into words as the original system did: everything but the letters a to z, digits and blanks is deleted (so words that a
/// dash or a line feed parts become one), the rest goes to lower case and is cut at blanks.
///
/// Of the rules of NLTK's `word_tokenize` only those on six joined words can still apply: *cannot* becomes two words.
///
/// Source: Marcus, Santorini & Marcinkiewicz, "Building a Large Annotated Corpus of English: The Penn Treebank", Computational
/// Linguistics 19(2), 1993, for the joined words.
struct OriginalTokenizer: Sendable {
    private static let joined: [[UInt8]: Int] = Dictionary(
        uniqueKeysWithValues: [("cannot", 3), ("gimme", 3), ("gonna", 3), ("gotta", 3), ("lemme", 3), ("wanna", 3)]
            .map { (Array($0.0.utf8), $0.1) })

    /// Calls `body` with the letters and digits of each word; the buffer holds only until it returns.
    func forEachWord(in text: some Sequence<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
        var word: [UInt8] = []
        for byte in text {
            let lower = byte | 0x20
            if lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") {
                word.append(lower)
            } else if byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
                word.append(byte)
            } else if byte == UInt8(ascii: " ") {
                emit(&word, body)
            }
        }
        emit(&word, body)
    }

    private func emit(_ word: inout [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
        guard !word.isEmpty else { return }
        if word.count <= 6, let first = Self.joined[word] {
            body(word[..<first])
            body(word[first...])
        } else {
            body(word[...])
        }
        word.removeAll(keepingCapacity: true)
    }
}

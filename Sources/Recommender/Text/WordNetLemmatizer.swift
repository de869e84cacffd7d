import Glibc

/// Reduces English nouns to the form a dictionary lists, as WordNet's `morphy` does.
///
/// A word in the exception list becomes one of its listed base forms, any other what the nine noun rules make of it; only forms that the
/// noun index knows count, and the shortest of them wins (as NLTK's `WordNetLemmatizer` without a part of speech). A word without such
/// a form stays as it is.
///
/// Source: WordNet 3.0 manual, morphy(7WN).
public struct WordNetLemmatizer: Sendable {
    /// Ending and replacement, in the manual's order.
    private static let rules: [(ending: String, replacement: String)] = [
        ("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
        ("men", "man"),
        ("ies", "y"),
    ]

    private let nouns: Set<String>
    private let exceptions: [String: [String]]

    /// Reads WordNet's own files.
    ///
    /// - Parameters:
    ///   - nounIndex: The bytes of `index.noun`; entries of several words are left out, since tokens are single words.
    ///   - nounExceptions: The bytes of `noun.exc`.
    public init(nounIndex: [UInt8], nounExceptions: [UInt8]) {
        var nouns = Set<String>(minimumCapacity: 60_000)
        forEachLine(of: nounIndex) { line in
            if let word = Self.singleWord(at: line) { nouns.insert(word) }
        }
        var exceptions: [String: [String]] = [:]
        forEachLine(of: nounExceptions) { line in
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            if let form = words.first { exceptions[form, default: []] += words.dropFirst() }
        }
        self.nouns = nouns
        self.exceptions = exceptions
    }

    /// How many nouns are known.
    public var nounCount: Int { nouns.count }

    /// The first word of a line of `index.noun`; nil for the licence, whose lines start with a blank, and for several words.
    private static func singleWord(at line: UnsafeRawBufferPointer.SubSequence) -> String? {
        guard let first = line.first, first != UInt8(ascii: " ") else { return nil }
        var end = line.startIndex
        while end < line.endIndex, line[end] != UInt8(ascii: " ") {
            if line[end] == UInt8(ascii: "_") { return nil }
            end += 1
        }
        return String(decoding: line[line.startIndex..<end], as: UTF8.self)
    }

    /// The dictionary form of a lower-case word.
    public func lemma(of word: String) -> String {
        let candidates = baseForms(of: word)
        // The first of the shortest, as `min` keeps it.
        return candidates.min { $0.utf8.count < $1.utf8.count } ?? word
    }

    private func baseForms(of word: String) -> [String] {
        ([word] + (exceptions[word] ?? Self.applyingRules(to: word))).filter(nouns.contains)
    }

    /// Once, as WordNet does: applied again they would make *macro* of *Macross*.
    private static func applyingRules(to form: String) -> [String] {
        rules.compactMap { form.hasSuffix($0.ending) ? form.dropLast($0.ending.count) + $0.replacement : nil }
    }
}

/// Calls `body` with each line, without its line feed.
private func forEachLine(of bytes: [UInt8], _ body: (UnsafeRawBufferPointer.SubSequence) -> Void) {
    bytes.withUnsafeBytes { bytes in
        var start = 0
        while start < bytes.count {
            let end = lineEnd(in: bytes, from: start)
            body(bytes[start..<end])
            start = end + 1
        }
    }
}

private func lineEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 10, bytes.count - start) else {
        return bytes.count
    }
    return UnsafeRawPointer(found) - base
}

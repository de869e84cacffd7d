import Foundation
import Storage

/// A word as titles are searched by it: letters and digits, without case and accents.
struct SearchWord: Sendable, Hashable, Comparable {
    /// Longer words are cut.
    private static let longest = 40
    let bytes: [UInt8]
    /// One bit for each letter that occurs, so that most words are told apart without comparing them.
    let letters: UInt64

    private init(_ text: some StringProtocol) {
        bytes = Array(text.utf8.prefix(Self.longest))
        letters = bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }

    /// The words of a text, in its order.
    static func words(of text: String) -> [SearchWord] {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }.map { SearchWord($0) }
    }

    /// How many slips a word may have: none below four letters, one below eight, else two.
    var mostSlips: Int { bytes.count < 4 ? 0 : bytes.count < 8 ? 1 : 2 }

    func begins(_ other: SearchWord) -> Bool { other.bytes.starts(with: bytes) }

    /// Whether it is as long as another one, slips aside.
    func isAsLong(as other: SearchWord) -> Bool { abs(bytes.count - other.bytes.count) <= mostSlips }

    static func < (left: SearchWord, right: SearchWord) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

    /// The least number of letters to add, leave out, change or swap so that this word begins another one; nil when it is more than
    /// a slip of the hand.
    func slips(beginning other: SearchWord) -> Int? {
        let most = mostSlips
        // Each slip takes away one letter at most that the other word lacks.
        guard (letters & ~other.letters).nonzeroBitCount <= most else { return nil }
        let beginning = Array(other.bytes.prefix(bytes.count + most))
        guard beginning.count + most >= bytes.count else { return nil }
        let least = EditDistance.distances(from: bytes, to: beginning, most: most)?.min()
        return least.flatMap { $0 <= most ? $0 : nil }
    }
}

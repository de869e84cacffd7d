/// How the words that became one term were written.
final class Spellings {
    /// Term → word → how often the one stood for the other.
    private var counts: [String: [String: Int]] = [:]

    func add(_ word: String, for term: String) { counts[term, default: [:]][word, default: 0] += 1 }

    /// The word each term stood for most often; of equally frequent ones the shortest, then the first.
    var words: [String: String] {
        counts.compactMapValues { counts in
            counts.min { a, b in
                if a.value != b.value { return a.value > b.value }
                return a.key.utf8.count == b.key.utf8.count ? a.key < b.key : a.key.utf8.count < b.key.utf8.count
            }?.key
        }
    }
}

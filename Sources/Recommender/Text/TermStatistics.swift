/// In how many documents each term occurs, and how often in all: exact integers, so that documents can be added and taken away in any
/// order with the same result as a rebuild.
public struct TermStatistics: Sendable, Hashable {
    /// The counts of one term.
    public struct Counts: Sendable, Hashable {
        /// How many documents contain the term.
        public var documents: Int
        /// How often it occurs in all of them together.
        public var occurrences: Int

        /// Makes counts.
        public init(documents: Int, occurrences: Int) {
            self.documents = documents
            self.occurrences = occurrences
        }
    }

    /// How many documents were added and not taken away, empty ones too.
    public private(set) var documentCount = 0
    /// The counts of every term that occurs.
    public private(set) var terms: [String: Counts] = [:]

    /// Statistics of no documents.
    public init() {}

    /// Statistics that were stored.
    public init(documentCount: Int, terms: [String: Counts]) {
        self.documentCount = documentCount
        self.terms = terms
    }

    /// Adds a document's terms.
    public mutating func add(_ document: [String]) {
        documentCount += 1
        for (term, count) in Self.occurrences(in: document) {
            terms[term, default: Counts(documents: 0, occurrences: 0)].documents += 1
            terms[term]?.occurrences += count
        }
    }

    /// Takes away a document that was added: the exact inverse of `add(_:)`.
    public mutating func remove(_ document: [String]) {
        documentCount -= 1
        for (term, count) in Self.occurrences(in: document) {
            guard var counts = terms[term] else { continue }
            counts.documents -= 1
            counts.occurrences -= count
            terms[term] = counts.documents > 0 ? counts : nil
        }
    }

    /// How often each term occurs in a document.
    static func occurrences(in document: [String]) -> [String: Int] {
        var occurrences: [String: Int] = [:]
        for term in document { occurrences[term, default: 0] += 1 }
        return occurrences
    }

    /// A number that is equal for equal statistics, in every process (unlike `hashValue`).
    public var digest: UInt64 {
        terms.reduce(mixed(UInt64(truncatingIfNeeded: documentCount))) { sum, entry in
            let term = entry.key.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
            }
            let documents = UInt64(truncatingIfNeeded: entry.value.documents)
            let occurrences = UInt64(truncatingIfNeeded: entry.value.occurrences)
            return sum &+ mixed(mixed(mixed(term) &+ documents) &+ occurrences)
        }
    }
}

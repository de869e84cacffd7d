import Glibc
import Testing

@testable import Recommender

@Suite("TFIDF")
struct TFIDFTests {
    private static let documents = [
        ["ship", "sea", "sea", "pirate"], ["ship", "space", "pirate"], ["sea", "fish"],
        ["space", "alien", "space", "fish"],
    ]
    private static let statistics = documents.reduce(into: TermStatistics()) { $0.add($1) }
    private static let everything = TFIDF.Settings(maximumDocumentShare: 1, minimumDocumentShare: 0)

    @Test("values follow the formula, worked out by hand")
    func formula() {
        let tfidf = TFIDF(Self.statistics, settings: Self.everything)
        #expect(tfidf.vocabulary == ["alien", "fish", "pirate", "sea", "ship", "space"])
        let two = log(5.0 / 3) + 1
        let length = (two * two * 6).squareRoot()
        let row = tfidf.row(for: ["ship", "sea", "sea", "pirate", "unknown"])
        #expect(row.columns == [2, 3, 4])
        for (value, expected) in zip(row.values, [two / length, 2 * two / length, two / length]) {
            #expect(abs(value - expected) < 1e-12)
        }
    }

    @Test("terms in too many or too few documents are left out, the limits themselves belong")
    func limits() {
        let rare = TFIDF(Self.statistics, settings: .init(maximumDocumentShare: 0.25, minimumDocumentShare: 0))
        #expect(rare.vocabulary == ["alien"])
        let common = TFIDF(Self.statistics, settings: .init(maximumDocumentShare: 1, minimumDocumentShare: 0.5))
        #expect(common.vocabulary == ["fish", "pirate", "sea", "ship", "space"])
    }

    @Test("of too many terms the most frequent stay, of equally frequent ones the first")
    func maximum() {
        let settings = TFIDF.Settings(maximumDocumentShare: 1, minimumDocumentShare: 0, maximumTerms: 3)
        #expect(TFIDF(Self.statistics, settings: settings).vocabulary == ["fish", "sea", "space"])
    }

    @Test("a document without a known term has an empty row")
    func empty() {
        let tfidf = TFIDF(Self.statistics, settings: Self.everything)
        #expect(tfidf.row(for: ["robot"]) == SparseRow())
        #expect(TFIDF(TermStatistics()).vocabulary.isEmpty)
    }

    @Test("a stored vocabulary gives the same rows")
    func stored() {
        let tfidf = TFIDF(Self.statistics, settings: Self.everything)
        let copy = TFIDF(vocabulary: tfidf.vocabulary, inverseDocumentFrequencies: tfidf.inverseDocumentFrequencies)
        #expect(copy == tfidf)
        #expect(copy.matrix(for: Self.documents) == tfidf.matrix(for: Self.documents))
    }
}

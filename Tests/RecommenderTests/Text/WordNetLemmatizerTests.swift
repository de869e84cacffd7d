import Testing

@testable import Recommender

@Suite("WordNetLemmatizer")
struct WordNetLemmatizerTests {
    private static let nounIndex = """
          1 This software and database is being provided to you
        wolf n 3 1 @ 3 1 00000001
        box n 1 0 1 0 00000002
        church n 1 0 1 0 00000003
        bush n 1 0 1 0 00000004
        city n 1 0 1 0 00000005
        fireman n 1 0 1 0 00000006
        glass n 1 0 1 0 00000007
        gas n 1 0 1 0 00000008
        quiz n 1 0 1 0 00000009
        mouse n 1 0 1 0 00000010
        axe n 1 0 1 0 00000011
        ax n 1 0 1 0 00000012
        ice_cream n 1 0 1 0 00000013

        """
    private static let exceptions = "mice mouse\naxes ax axe\nwolves wolf\nteeth tooth\n"
    private let lemmatizer = WordNetLemmatizer(
        nounIndex: Array(Self.nounIndex.utf8), nounExceptions: Array(Self.exceptions.utf8))

    @Test(
        "each rule finds its noun",
        arguments: [
            ("boxes", "box"), ("churches", "church"), ("bushes", "bush"), ("cities", "city"), ("firemen", "fireman"),
            ("gases", "gas"), ("quizes", "quiz"), ("glasses", "glass"),
        ])
    func rules(word: String, lemma: String) { #expect(lemmatizer.lemma(of: word) == lemma) }

    @Test("the exception list comes first, and of several known forms the shortest wins")
    func exceptionList() {
        #expect(lemmatizer.lemma(of: "mice") == "mouse")
        #expect(lemmatizer.lemma(of: "axes") == "ax")
    }

    @Test("a word without a known form stays, also when its exception is not in the index")
    func unknown() {
        #expect(lemmatizer.lemma(of: "shinigamis") == "shinigamis")
        #expect(lemmatizer.lemma(of: "teeth") == "teeth")
        #expect(lemmatizer.lemma(of: "") == "")
        #expect(lemmatizer.lemma(of: "s") == "s")
    }

    @Test("a noun that looks like a plural stays a noun when nothing shorter is known")
    func nounItself() {
        #expect(lemmatizer.lemma(of: "glass") == "glass")
        #expect(lemmatizer.lemma(of: "gas") == "gas")
    }

    @Test("licence lines and entries of several words are no nouns")
    func index() { #expect(lemmatizer.nounCount == 12) }
}

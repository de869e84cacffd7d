import Testing

@testable import Recommender

@Suite("OriginalTextPipeline")
struct OriginalTextTests {
    private func words(_ text: String) -> [String] {
        var words: [String] = []
        OriginalTokenizer().forEachWord(in: text.utf8) { words.append(String(decoding: $0, as: UTF8.self)) }
        return words
    }

    @Test("marks and line feeds are deleted, so the words beside them become one")
    func glue() {
        #expect(words("Sci-Fi hero's\nquest, 2071!") == ["scifi", "herosquest", "2071"])
        #expect(words("  Pokémon  ") == ["pokmon"])
    }

    @Test("six joined words are parted")
    func joined() { #expect(words("They cannot, gonna") == ["they", "can", "not", "gon", "na"]) }

    @Test("stop words are asked for dictionary forms, the original's own list for stems")
    func order() {
        let index = ["wa", "ha", "boy", "city"].map { "\($0) n 1 0 1 0 00000001\n" }.joined()
        let pipeline = OriginalTextPipeline(
            lemmatizer: WordNetLemmatizer(nounIndex: Array(index.utf8), nounExceptions: []))
        // "was" and "has" become "wa" and "ha", which only the own list knows; "people" and "decided" stay.
        #expect(
            pipeline.terms(in: "It was the boy who has decided: people of cities went hunting although we live") == [
                "decid", "peopl", "citi", "went", "hunt",
            ])
    }

    @Test("NLTK's edition of the stemmer lacks the corrections of 2024")
    func edition() {
        let words = ["added", "dying", "universities", "exceeding", "outings", "hunting"]
        #expect(words.map(Stemmer(.nltk).stem) == ["ad", "die", "univers", "exceed", "outing", "hunt"])
        #expect(words.map(Stemmer().stem) == ["add", "die", "universiti", "exceed", "outing", "hunt"])
    }
}

@Suite("DescriptionSplitter")
struct DescriptionSplitterTests {
    private let splitter = DescriptionSplitter()

    @Test("lines are filled with whole words, a longer word is broken, and hyphens part")
    func wrapping() {
        #expect(splitter.wrapped("the quick  brown fox", width: 10) == ["the quick", "brown fox"])
        #expect(splitter.wrapped("a abcdefghijkl b", width: 5) == ["a abc", "defgh", "ijkl", "b"])
        #expect(splitter.wrapped("a well-known fact", width: 7) == ["a well-", "known", "fact"])
        #expect(splitter.wrapped(" \n ", width: 5) == [])
    }

    @Test("what follows the last full stop, exclamation mark or bracket goes, and so do these marks")
    func cleaning() {
        #expect(splitter.cleaned("A hero. He fights! (Source: ANN)") == "A hero He fights ")
        #expect(splitter.cleaned("No mark at all") == "")
    }

    @Test("only a single description of more than 900 characters is cut, in about three")
    func parts() {
        let sentence = "The pirates sail on. "
        let long = String(repeating: sentence, count: 60)
        let parts = splitter.parts(of: [long])
        #expect(parts.count == 3)
        #expect(parts.allSatisfy { !$0.contains(".") && $0.utf8.count < long.utf8.count / 3 + 31 })
        #expect(splitter.parts(of: [sentence]) == ["The pirates sail on"])
        #expect(splitter.parts(of: [long, sentence]).count == 2)
    }
}

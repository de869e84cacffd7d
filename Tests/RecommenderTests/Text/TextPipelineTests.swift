import Testing

@testable import Recommender

@Suite("TextPipeline")
struct TextPipelineTests {
    @Test("stop words and contractions go, the rest is stemmed")
    func stems() {
        let pipeline = TextPipeline()
        #expect(
            pipeline.terms(in: "The anime's pirates didn't hunt; they were hunting for treasures.") == [
                "pirat", "hunt", "hunt", "treasur",
            ])
    }

    @Test("without stemming words stay whole")
    func whole() {
        let pipeline = TextPipeline(.init(stems: false))
        #expect(pipeline.terms(in: "Hunting pirates") == ["hunting", "pirates"])
    }

    @Test("a dictionary form that is a stop word goes as well")
    func lemmas() {
        let index = "witch n 1 0 1 0 00000001\nhero n 1 0 1 0 00000002\n"
        let lemmatizer = WordNetLemmatizer(nounIndex: Array(index.utf8), nounExceptions: [])
        let pipeline = TextPipeline(.init(lemmatizer: lemmatizer, stems: false, stopWords: StopWords(["hero"])))
        #expect(pipeline.terms(in: "witches and heros") == ["witch", "and"])
    }

    @Test("asking twice gives the same")
    func memory() {
        let pipeline = TextPipeline()
        #expect(pipeline.terms(in: "wizards the wizards") == ["wizard", "wizard"])
        #expect(pipeline.term(for: "wizards") == "wizard")
        #expect(pipeline.term(for: "the") == nil)
    }
}

import Foundation
import Recommender
import WebStandards

/// Turns an anime's descriptions into terms: tokenise, lemmatise, stop words, stem, as the original did.
///
/// Not thread-safe: one reader per task.
final class StoryReader {
    /// Where Debian's `wordnet-base` puts its files.
    static let wordNetFolder = "/usr/share/wordnet"

    private let pipeline: TextPipeline
    private let tokenizer = Tokenizer()
    private let spellings = Spellings()

    /// Loads the dictionary.
    ///
    /// - Throws: ``IndexError`` when WordNet is not installed; says how to install it.
    init() throws {
        pipeline = TextPipeline(.init(lemmatizer: try Self.lemmatizer()))
    }

    /// WordNet's nouns.
    static func lemmatizer() throws -> WordNetLemmatizer { try loaded.get() }

    /// Read once in a process: it takes longer than the texts of a small update.
    private static let loaded = Result<WordNetLemmatizer, IndexError> { () throws(IndexError) in
        WordNetLemmatizer(nounIndex: try wordNet("index.noun"), nounExceptions: try wordNet("noun.exc"))
    }

    private static func wordNet(_ name: String) throws(IndexError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(wordNetFolder)/\(name)") else {
            throw IndexError(
                .missingDictionary, "\(wordNetFolder)/\(name) is missing; run: apt-get install wordnet-base")
        }
        return [UInt8](data)
    }

    /// The terms of all descriptions of an anime; where they say nothing, those of its most noticed reviews.
    func terms(of document: JSONObject) -> [String] {
        let described = terms(of: document.texts("description"))
        return described.isEmpty ? terms(of: Array(document.texts("reviews").prefix(Self.reviewsRead))) : described
    }

    /// Reviews that stand in for a description.
    static let reviewsRead = 20

    /// The terms of texts.
    func terms(of texts: [String]) -> [String] {
        texts.flatMap { tokenizer.words(in: $0) }.compactMap { word in
            guard let term = pipeline.term(for: word) else { return nil }
            spellings.add(word, for: term)
            return term
        }
    }

    /// The word each term stood for most often, among all texts read.
    var words: [String: String] { spellings.words }
}

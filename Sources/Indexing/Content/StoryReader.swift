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
    /// Term → word → how often the one stood for the other.
    private var spellings: [String: [String: Int]] = [:]

    /// Read once in a process: it takes longer than the texts of a small update.
    private static let lemmatizer = Result<WordNetLemmatizer, IndexError> { () throws(IndexError) in
        WordNetLemmatizer(nounIndex: try wordNet("index.noun"), nounExceptions: try wordNet("noun.exc"))
    }

    /// Loads the dictionary.
    ///
    /// - Throws: ``IndexError`` when WordNet is not installed; says how to install it.
    init() throws { pipeline = TextPipeline(.init(lemmatizer: try Self.lemmatizer.get())) }

    private static func wordNet(_ name: String) throws(IndexError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(wordNetFolder)/\(name)") else {
            throw IndexError(
                .missingDictionary, "\(wordNetFolder)/\(name) is missing; run: apt-get install wordnet-base")
        }
        return [UInt8](data)
    }

    /// The terms of all descriptions of an anime.
    func terms(of document: JSONObject) -> [String] {
        let texts = document["description"]?.arrayValue?.compactMap(\.stringValue) ?? []
        return texts.flatMap { tokenizer.words(in: $0) }.compactMap { word in
            guard let term = pipeline.term(for: word) else { return nil }
            spellings[term, default: [:]][word, default: 0] += 1
            return term
        }
    }

    /// The word each term stood for most often, among all texts read; of equally frequent ones the shortest, then the first.
    var words: [String: String] {
        spellings.compactMapValues { counts in
            counts.min { a, b in
                if a.value != b.value { return a.value > b.value }
                return a.key.count == b.key.count ? a.key < b.key : a.key.count < b.key.count
            }?.key
        }
    }
}

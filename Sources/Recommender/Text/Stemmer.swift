/// The English Snowball stemmer ("Porter2"): cuts inflexions off, so that *hunting*, *hunted* and *hunts* become one term.
///
/// Written here and not taken from libstemmer, because Debian's 2.2 lacks the corrections of 2024 (*added* → *add*, *universities*
/// apart from *universe*), and a value without a handle needs no owner and no thread of its own.
///
/// Source: <https://snowballstem.org/algorithms/english/stemmer.html>, with the exceptions of Snowball 3.0.
public struct Stemmer: Sendable {
    /// Which state of the algorithm.
    public enum Edition: Sendable {
        /// Snowball 3.0, with the corrections of 2024.
        case snowball
        /// As it was from 2002 to 2023, and as NLTK's `SnowballStemmer("english")` has it.
        case nltk
    }

    private let edition: Edition

    /// Makes a stemmer.
    public init(_ edition: Edition = .snowball) { self.edition = edition }

    /// The stem of a lower-case word.
    public func stem(_ word: String) -> String {
        if let exception = Self.exceptions[word] { return exception }
        guard word.utf8.count > 2 else { return word }
        if edition == .nltk, let exception = Self.exceptionsOfNLTK[word] { return exception }
        var inflected = InflectedWord(Array(word.utf8), edition: edition)
        inflected.removePossessive()
        inflected.removePlural()
        inflected.removePastAndGerund()
        inflected.replaceFinalY()
        inflected.shortenDerivation()
        inflected.shortenSuffix()
        inflected.removeSuffix()
        inflected.removeFinalE()
        return inflected.string
    }

    /// Words that the rules would get wrong.
    private static let exceptions: [String: String] = [
        "skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli",
        "only": "onli",
        "singly": "singl", "sky": "sky", "news": "news", "howe": "howe", "atlas": "atlas", "cosmos": "cosmos",
        "bias": "bias",
        "andes": "andes",
    ]

    /// Words that later rules get right.
    private static let exceptionsOfNLTK: [String: String] = {
        var stems = ["dying": "die", "lying": "lie", "tying": "tie"]
        for word in ["inning", "outing", "canning", "herring", "earring"] {
            for ending in ["", "s"] { stems[word + ending] = word }
        }
        for word in ["proceed", "exceed", "succeed"] {
            for ending in ["", "s", "ed", "ing"] { stems[word + ending] = word }
        }
        return stems
    }()
}

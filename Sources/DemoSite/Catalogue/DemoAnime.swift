/// One entry of the fictional catalogue: what its page says.
public struct DemoAnime: Sendable, Hashable, Identifiable {
    /// The number in `/anime/<id>`.
    public var id: Int
    /// The main title.
    public var title: String
    /// The English title, if any.
    public var titleEnglish: String?
    /// The title in kana, if any.
    public var titleJapanese: String?
    /// Other titles.
    public var synonyms: [String] = []
    /// What it is.
    public var type: DemoMediaType = .tv
    /// How many episodes, nil when unknown.
    public var episodes: Int?
    /// Whether it was aired.
    public var status: DemoAiringStatus = .finished
    /// When it was aired.
    public var aired = AiredSpan(from: nil)
    /// "Spring 2009", only for television.
    public var premiered: String?
    /// "Fridays at 23:30 (JST)", only for television.
    public var broadcast: String?
    /// Who paid for it.
    public var producers: [String] = []
    /// Who sells it abroad.
    public var licensors: [String] = []
    /// Who drew it.
    public var studios: [String] = []
    /// "Manga", "Original" …
    public var source = "Original"
    /// Broad kinds: "Adventure".
    public var genres: [String] = []
    /// Narrow kinds: "School".
    public var themes: [String] = []
    /// For whom: "Seinen".
    public var demographics: [String] = []
    /// "24 min. per ep."
    public var duration = "Unknown"
    /// "PG-13 - Teens 13 or older".
    public var rating = "None"
    /// The mean score in hundredths, nil when too few people scored it.
    public var scoreHundredths: Int?
    /// How many people scored it.
    public var scoredBy = 0
    /// Its place by score, nil without a score.
    public var ranked: Int?
    /// Its place by members.
    public var popularity = 0
    /// How many people have it on their list.
    public var members = 0
    /// How many people call it a favourite.
    public var favorites = 0
    /// What it is about, without the attribution; paragraphs are divided by an empty line.
    public var synopsis: String?
    /// The synopsis' last line: "(Source: …)" or "[Written by …]".
    public var attribution: String?
    /// When the sitemap says that the page changed last, in W3C's form; nil when it does not say.
    public var lastModified: String?
    /// Facts about its making.
    public var background: String?
    /// Opening songs.
    public var openings: [DemoSong] = []
    /// Ending songs.
    public var endings: [DemoSong] = []
    /// What belongs to it.
    public var relations: [DemoRelation] = []
    /// Names of the more important characters.
    public var characters: [String] = []
    /// What people recommend beside it.
    public var recommendations: [DemoRecommendation] = []
    /// Reviews, newest first.
    public var reviews: [DemoReview] = []
    /// The key of the theme its texts are made of; never printed.
    public var themeKey = ""
    /// How good it is, mean 0 and deviation 1; drives scores and ratings, never printed.
    public var quality = 0.0

    /// An entry with nothing but an id and a title.
    public init(id: Int, title: String) {
        self.id = id
        self.title = title
    }

    /// The last part of its path: letters, digits, `-` and `_`.
    public var slug: String { Slug.of(title) }

    /// `/anime/<id>/<slug>`.
    public var path: String { "/anime/\(id)/\(slug)" }

    /// Where its poster is.
    public var imagePath: String { "/images/anime/\(id % 17)/\(id).svg" }

    /// "7.21", or "N/A".
    public var scoreText: String {
        guard let scoreHundredths else { return "N/A" }
        return "\(scoreHundredths / 100).\(twoDigits(scoreHundredths % 100))"
    }
}

/// What an entry is.
public enum DemoMediaType: String, Sendable, Hashable, CaseIterable {
    case tv = "TV"
    case movie = "Movie"
    case ova = "OVA"
    case ona = "ONA"
    case special = "Special"
}

/// Whether an entry was aired.
public enum DemoAiringStatus: String, Sendable, Hashable {
    case finished = "Finished Airing"
    case airing = "Currently Airing"
    case upcoming = "Not yet aired"
}

/// Turns a title into the last part of a path.
enum Slug {
    static func of(_ title: String) -> String {
        var slug = ""
        for character in title.unicodeScalars {
            switch character {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_": slug.unicodeScalars.append(character)
            case " ", ":", "/", ";": slug.append("_")
            default: continue
            }
        }
        return slug.isEmpty ? "_" : slug
    }
}

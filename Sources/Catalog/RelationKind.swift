/// What one entry is to another, as far as it says whether both are one anime.
public enum RelationKind: String, Sendable, Hashable, CaseIterable {
    case sequel, prequel
    case parentStory = "parent story"
    case sideStory = "side story"
    case special, film, summary
    case fullStory = "full story"
    case alternativeVersion = "alternative version"

    case sameFranchise = "same franchise"
    case contains

    case alternativeSetting = "alternative setting"
    case spinOff = "spin-off"
    case character, crossover, other, adaptation
    case otherFranchise = "other franchise"

    /// What a relation is worth.
    public enum Strength: Sendable, Hashable {
        /// Makes two entries parts of one anime.
        case joins
        /// Is said of seasons and of strangers alike: joins where titles support it.
        case needsSupport
        /// Leads into another work; where the other side says so, it contradicts.
        case leadsElsewhere
    }

    /// Who depends on whom, where a relation says it.
    enum Direction: Sendable, Hashable { case peers, targetIsParent, targetIsChild }

    /// What the relation is worth; why, and how it was measured: docs/catalog.md.
    public var strength: Strength {
        switch self {
        case .sequel, .prequel, .parentStory, .sideStory, .special, .film, .summary, .fullStory, .alternativeVersion:
            .joins
        case .sameFranchise, .contains: .needsSupport
        case .alternativeSetting, .spinOff, .character, .crossover, .other, .adaptation, .otherFranchise:
            .leadsElsewhere
        }
    }

    /// Whether it is said within a series: who knows one of two has met the other, though they may be told apart.
    public var sharesSeries: Bool {
        switch self {
        case .character, .crossover, .other, .adaptation, .otherFranchise: false
        default: true
        }
    }

    var direction: Direction {
        switch self {
        case .parentStory, .fullStory: .targetIsParent
        case .sideStory, .special, .film, .summary: .targetIsChild
        default: .peers
        }
    }

    /// A pattern, whatever the case, that finds every relation which may join as a site may write it, and a few that may not.
    public static let pattern =
        "sequel|prequel|parent|side|omake|special|movie|film|ova|summary|recap|compilation|full|alternative|remake|franchise|contains|original"

    /// Reads a relation as sites write it: "Sequel", "Sequel (TV)", "PARENT_STORY"; what is unknown leads elsewhere.
    public init(stated text: String) {
        let units = text.utf8.prefix { $0 != UInt8(ascii: "(") }.map { unit in
            switch unit {
            case UInt8(ascii: "_"): UInt8(ascii: " ")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): unit | 0x20
            default: unit
            }
        }
        let name = String(decoding: units, as: UTF8.self).trimmed
        self = Self(rawValue: name) ?? Self.otherNames[name] ?? .other
    }

    /// Other words that sites use, in lower case.
    public static var spellings: [String] { otherNames.keys.sorted() }

    /// What sites write for the same.
    private static let otherNames: [String: RelationKind] = [
        "parent": .parentStory, "original": .parentStory, "side": .sideStory, "omake": .sideStory,
        "specials": .special, "ova": .special, "movie": .film, "recap": .summary, "compilation": .summary,
        "alternative": .alternativeVersion, "remake": .alternativeVersion, "same setting": .alternativeSetting,
        "spin off": .spinOff, "spinoff": .spinOff,
    ]
}

extension String {
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        var slice = self[...]
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return String(slice.drop(while: isSpace))
    }
}

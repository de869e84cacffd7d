/// A relation that makes two entries parts of one anime.
///
/// "Character", "Other", "Spin-off", "Alternative setting" and "Adaptation" do not: they lead into other works and would chain half of
/// a site together.
public enum RelationKind: String, Sendable, Hashable, CaseIterable {
    case sequel, prequel
    case parentStory = "parent story"
    case sideStory = "side story"
    case summary
    case fullStory = "full story"
    case alternativeVersion = "alternative version"

    /// A pattern, whatever the case, that finds every relation which joins as a site may write it, and a few that do not.
    public static let pattern = "sequel|prequel|parent|side|summary|full|alternative"

    /// Reads a relation as sites write it: "Sequel", "Sequel (TV)", "PARENT_STORY"; nil when it does not join.
    public init?(stated text: String) {
        let units = text.utf8.prefix { $0 != UInt8(ascii: "(") }.map { unit in
            switch unit {
            case UInt8(ascii: "_"): UInt8(ascii: " ")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): unit | 0x20
            default: unit
            }
        }
        let name = String(decoding: units, as: UTF8.self).trimmed
        switch name {
        case "parent": self = .parentStory
        case "alternative": self = .alternativeVersion
        default: self.init(rawValue: name)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        var slice = self[...]
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return String(slice.drop(while: isSpace))
    }
}

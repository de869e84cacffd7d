/// One way to write who wrote a text.
///
/// Patterns look at nothing but what they match, so the end of the sentence before is part of it (group 1) and put back, as is a note
/// behind it (group 4). Group 2 is the name, group 3 a remark on it.
struct AttributionForm: Sendable {
    let pattern: Pattern
    /// What stands in its place.
    let rest: String

    private init?(_ pattern: String, rest: String) {
        guard let pattern = try? Pattern(pattern) else { return nil }
        (self.pattern, self.rest) = (pattern, rest)
    }

    /// Takes all of this form out of the text, and gives the names.
    func take(from text: inout String) -> [String] {
        guard let replaced = pattern.replacingMatches(in: text, with: rest) else { return [] }
        text = replaced.text
        return replaced.matches.compactMap { match in
            let parts = [match[2]?.trimmed, match[3]?.trimmed].compactMap(\.self).filter { !$0.isEmpty }
            return parts.isEmpty ? nil : parts.joined(separator: " ")
        }
    }

    static let all = [
        squareBrackets, labelled, unclosed, credited, creditedCapitalised, from, ownLine, ownLineCredit, behindSentence,
    ].compactMap(\.self)

    /// The word for source as people of several languages write it.
    private static let label = #"(?:sources?|quellen?|fuentes?|fontes?|出典|источник)[ \t]*[:：]"#
    private static let writtenBy = #"(?:re-?)?writt*en by:?[ \t]"#
    private static let credit =
        "(?:" + writtenBy + "|(?:adapted|translated|taken) from:?[ \\t]"
        + "|(?:synopsis|summary|description) by:?[ \\t]|sources?[ \\t])"
    private static let sentenceEnd = #"(^|[.!?…。"”'’»)\]~*])"#
    private static let lineEnd =
        #"[ \t]*(\((?:edited|modified|translated|adapted|revised|abridged|shortened)[^()\n]*\))?"#
        + #"(?:[ \t]+((?:notes?:|\*)[^\n]*))?[ \t]*$"#

    private static let squareBrackets = Self(
        #"(?i)()[ \t]*[\[{]\s*(?:"# + label + "|" + writtenBy + #")\s*([^\]}\n]*)(?:[\]}]|\s*$)[ \t]*"#, rest: " ")
    /// `(Source: ANN)`, `(Source: Funimation (edited))`, `(Source: MU) (edited)`.
    private static let labelled = Self(
        #"(?im)()[ \t]*\([ \t]*"# + label + #"[ \t]*((?:[^()\n]|\([^()\n]*\))*)[)\]]"# + lineEnd, rest: "$1\n$4")
    private static let unclosed = Self(#"(?i)()[ \t]*\([ \t]*"# + label + #"[ \t]*([^()\n]*)\s*$"#, rest: "")
    /// `(written by MAL Rewrite)`, `(Source ANN)` behind a sentence or on a line of its own.
    private static let credited = Self(
        "(?im)" + sentenceEnd + #"[ \t]*[(\[][ \t]*"# + credit + #"[ \t]*([^()\[\]\n]{2,80})[)\]]"# + lineEnd,
        rest: "$1\n$4")
    /// With a capital letter it is no part of the sentence.
    private static let creditedCapitalised = Self(
        #"(?m)()[ \t]*[(\[][ \t]*(?:(?:Re-?w|W)ritten by|(?:Adapted|Translated|Taken) from|(?:Synopsis|Summary|Description) by):?"#
            + #"[ \t]+([^()\[\]\n]{2,80})[)\]]"# + lineEnd, rest: "$1\n$4")
    /// `(from ANN)`; the name's capital tells it from "(from then on)".
    private static let from = Self(
        "(?m)" + sentenceEnd
            + #"[ \t]*[(\[][ \t]*[Ff]rom:?[ \t]+((?:the )?(?:[Oo]fficial|[A-Z0-9])[^()\[\]\n]{1,60})[)\]]"#
            + lineEnd, rest: "$1\n$4")
    /// `~ Source: ANN ~`
    private static let ownLine = Self(
        #"(?i)(^|\n)[ \t]*[-–—~*]*[ \t]*"# + label + #"[ \t]*([^\n]{2,80}?)[ \t]*[-–—~*]*\s*$"#, rest: "$1")
    /// A sentence may begin like that, and ends with a full stop.
    private static let ownLineCredit = Self(
        #"(?i)(^|\n)[ \t]*[-–—~*]*[ \t]*"# + writtenBy + #"[ \t]*([^\n]{1,60}?[^\n.!?])[ \t]*[-–—~*]*\s*$"#, rest: "$1")
    private static let behindSentence = Self(
        "(?i)" + sentenceEnd + #"[ \t]+(?:[-–—~]+[ \t]*)?"# + label + #"[ \t]*([^\n.]{2,60}?)[ \t]*[-–—~]*\.?\s*$"#,
        rest: "$1")
}

/// A regular expression whose matching takes time linear in the text, whatever the text is.
///
/// A backtracking engine can be made to run for hours by a page that knows the expression; this one follows all possible
/// matches at once. The price is that there are no back references and no look-around. Supported: literals, `.`, classes
/// `[a-z]` `[^…]`, `\d \w \s \D \W \S \b \B`, `\n \r \t`, `^` and `$` (ends of the text, of a line with `(?m)`), groups `(…)`
/// and `(?:…)`, `|`, `* + ? {n} {n,} {n,m}` greedy or, with `?` behind, lazy, and `(?i)` `(?s)` `(?m)` at the start.
/// Letters mean Unicode letters, `\d` only 0–9.
///
/// Source: Thompson, "Regular Expression Search Algorithm", CACM 11(6), 1968; with captures as in Pike's sam, described in
/// Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009.
public struct Pattern: Sendable, Hashable, CustomStringConvertible {
    /// The expression as written.
    public let source: String
    let program: PatternProgram

    /// Characters of a text that are looked at; the rest is ignored.
    public static let maximumTextLength = 1 << 20

    /// Reads an expression.
    public init(_ source: String) throws(PatternError) {
        self.source = source
        var parser = try PatternParser(source)
        program = try PatternProgram(parser.parse(), options: parser.options, groups: parser.groups)
    }

    /// How many groups can capture.
    public var groups: Int { program.groups }

    public var description: String { source }

    public static func == (left: Self, right: Self) -> Bool { left.source == right.source }

    public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Where a pattern matched.
public struct PatternMatch {
    /// Offsets in Unicode scalars: the whole match, then each group; nil for a group that took no part.
    let ranges: [Range<Int>?]
    let text: ArraySlice<Unicode.Scalar>

    /// The text of a group, 0 for the whole match; nil when the group took no part.
    public subscript(group: Int) -> String? {
        guard ranges.indices.contains(group), let range = ranges[group] else { return nil }
        let found = text[range]
        if found.allSatisfy(\.isASCII) {
            return String(unsafeUninitializedCapacity: found.count) { bytes in
                for (place, scalar) in found.enumerated() { bytes[place] = UInt8(truncatingIfNeeded: scalar.value) }
                return found.count
            }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: found)
        return String(view)
    }

    /// The first group's text, or the whole match when there are no groups.
    public var value: String? { ranges.count > 1 ? self[1] : self[0] }
}

import Markup
import WebStandards

/// How one field is found; shared, because rules are walked through for every row of a page.
public final class FieldRule: Sendable {
    /// The field's name.
    public let name: String
    /// Ways to find it; the first that gives a value counts, or all of them.
    let alternatives: [FieldAlternative]
    /// Whether the values of all alternatives are put together.
    let addsUp: Bool
    /// Steps after the alternatives.
    let converters: [any ValueConverter]
    /// Whether the record is left out without it.
    let isRequired: Bool
    /// Whether all values count, or only the first.
    let isList: Bool
    /// The ways where the first value of the first that has one is the field: no list need be made.
    let singleWays: [FieldAlternative]?
    /// Where its name stands in the file.
    let place: RulePlace?

    init(
        name: String, alternatives: [FieldAlternative], addsUp: Bool, converters: [any ValueConverter],
        isRequired: Bool, isList: Bool, place: RulePlace? = nil
    ) {
        self.name = name
        self.place = place
        self.alternatives = alternatives
        self.addsUp = addsUp
        self.converters = converters
        self.isRequired = isRequired
        self.isList = isList
        singleWays = isList || !converters.isEmpty || (addsUp && alternatives.count > 1) ? nil : alternatives
    }
}

/// One way to find a value.
final class FieldAlternative: Sendable {
    let source: ValueSource
    /// What to look for inside the nodes found.
    let select: Selector?
    /// Nodes whose text does not count.
    let without: [Selector]
    /// Reads what follows the node, up to the first node of these, instead of the node.
    let until: [Selector]
    let reading: NodeReading
    /// When this way is open.
    let condition: Condition?
    let converters: [any ValueConverter]
    /// The converters where each looks at one value alone and gives one or none: no list need be made for them.
    let single: [EachConverter]?
    /// Where it stands in the file.
    let place: RulePlace?

    init(
        source: ValueSource, select: Selector? = nil, without: [Selector] = [], until: [Selector] = [],
        reading: NodeReading = .text, condition: Condition? = nil, converters: [any ValueConverter] = [],
        place: RulePlace? = nil
    ) {
        self.source = source
        self.place = place
        self.select = select
        self.without = without
        self.until = until
        self.reading = reading
        self.condition = condition
        self.converters = converters
        let single = converters.compactMap { $0 as? EachConverter }
        self.single = single.count == converters.count ? single : nil
    }

    /// The same way from another source.
    func with(source: ValueSource) -> FieldAlternative {
        FieldAlternative(
            source: source, select: select, without: without, until: until, reading: reading, condition: condition,
            converters: converters, place: place)
    }
}

/// Where values come from.
indirect enum ValueSource: Sendable {
    case selector(Selector)
    /// A path into the JSON at hand, or into the JSON that a selector finds in an attribute or script.
    case json(JSONPath, inside: Selector?)
    case meta(String)
    case jsonLD(JSONPath)
    /// The value beside one of these labels.
    case label([String])
    case constant(JSONValue)
    /// A value that already has a name: a capture of the URL, a page value, an earlier field, `url`, `site`, `host`.
    case named(String)
    case template(Template)
    case test(Condition)
    /// An object for every node or value that `each` finds, or one for the place at hand.
    case record(each: FieldAlternative?, fields: [FieldRule])
}

/// How a node becomes a text.
enum NodeReading: String, Sendable, CaseIterable {
    /// All text inside on one line.
    case text
    /// The text of the node itself, not of the elements inside, on one line.
    case own
    /// Text with line breaks where the page shows them.
    case paragraphs
    /// The text exactly as it stands.
    case raw
    /// The mark-up inside.
    case html
    /// Where the element links to: its `href`, `src`, `content` or `value`.
    case link
}

/// A list of selectors, as between commas.
struct CSSSelectorList: Hashable {
    var selectors: [CSSComplexSelector]
}

/// Compounds joined by combinators, such as `ul > li.a b::text`.
struct CSSComplexSelector: Hashable {
    /// How an element stands to the one before it.
    enum Combinator: Hashable {
        case descendant, child, nextSibling, laterSibling
    }

    struct Link: Hashable {
        var combinator: Combinator
        var compound: CSSCompound
    }

    /// What is taken of the elements found, as parsel extends CSS.
    enum PseudoElement: Hashable {
        case text
        case attribute(String)
    }

    /// Whether it starts with `:scope`.
    var isScoped: Bool
    var first: CSSCompound
    var links: [Link]
    var pseudoElement: PseudoElement?
}

/// Tests on one element.
struct CSSCompound: Hashable {
    /// The name the element must have; `any` is `*` or nothing.
    enum ElementName: Hashable {
        case any
        case named(String)
        case prefixed(String, String)
    }

    var name: ElementName
    var tests: [CSSTest]

    /// Whether every element passes.
    var isUniversal: Bool { name == .any && tests.isEmpty }
}

/// One test on an element.
indirect enum CSSTest: Hashable {
    enum Siblings: Hashable { case all, sameName }
    enum End: Hashable { case start, end }

    /// A pseudo-class without argument and without a translation of its own.
    enum State: String, Hashable, CaseIterable {
        case checked, disabled, enabled, link
        case active, focus, hover, target, visited
    }

    case id(String)
    case hasClass(String)
    case attribute(CSSAttributeTest)
    case position(ArithmeticProgression, from: End, among: Siblings)
    case only(Siblings)
    case root
    case empty
    case state(State)
    case contains(String)
    case language([String])
    case any([CSSCompound])
    case none([CSSCompound])
    case has([CSSComplexSelector.Combinator], [CSSComplexSelector])
}

/// A test such as `[href^="http" i]`.
struct CSSAttributeTest: Hashable {
    enum Match: String, Hashable {
        case equals = "="
        case includesWord = "~="
        case dashPrefix = "|="
        case prefix = "^="
        case suffix = "$="
        case substring = "*="
        /// cssselect's own: the attribute is missing or differs.
        case differs = "!="
    }

    var prefix: String?
    var name: String
    /// Nil: the attribute only has to be there.
    var match: Match?
    var value = ""
    var ignoresCase = false
}

/// A CSS selector list compiled for ``FlatTree``: plain numbers in a few arrays, so that matching allocates nothing.
struct CSSProgram: Sendable {
    /// One condition on an element; what `literal`, `name`, `first` and `count` mean depends on the kind.
    struct Test {
        enum Kind: UInt8 {
            case id, hasClass
            case attribute, equals, differs, includesWord, dashPrefix, prefix, suffix, substring
            case never, root, empty, link
            case position, only
            case checked, disabled, enabled
            case language, any, none
            case contains, has
        }

        var kind: Kind
        var ignoresCase = false
        var fromEnd = false
        var sameName = false
        var name = NameReference.any
        var literal = ByteSpan(start: 0, count: 0)
        /// A range of compounds, selectors or languages; or the step and the start of a progression.
        var first: Int32 = 0
        var count: Int32 = 0
    }

    /// Tests on one element, and how it stands to the compound that is next to the left.
    struct Compound {
        var name: NameReference
        var firstTest: Int32
        var testCount: Int32
        var combinator: CSSComplexSelector.Combinator
        var firstKey: Int32 = 0
        var keyCount: Int32 = 0
    }

    /// A complex selector from right to left.
    struct Selector {
        var firstCompound: Int32
        var compoundCount: Int32
        /// The leftmost compound must be the starting node.
        var isScoped: Bool
        /// The rightmost compound is `*` before a pseudo-element, where the element before counts as well.
        var takesSelf: Bool
        var pseudoElement: PseudoElement
        /// In `:has()`: how the leftmost compound stands to the element that is tested.
        var anchor: CSSComplexSelector.Combinator
    }

    enum PseudoElement: Hashable {
        case none, text
        case attribute(NameReference)
    }

    let selectors: FrozenArray<Selector>
    let compounds: FrozenArray<Compound>
    let tests: FrozenArray<Test>
    let keys: FrozenArray<IndexKey>
    let languages: FrozenArray<ByteSpan>
    let literals: FrozenArray<UInt8>
    let names: NameList
    /// The selectors of the list itself; those of `:has()` stand between them.
    let list: [Int]
}

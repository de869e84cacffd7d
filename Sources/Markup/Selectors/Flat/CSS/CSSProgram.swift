/// A CSS selector list compiled for ``FlatTree``: plain numbers in a few arrays, so that matching allocates nothing.
///
/// The arrays stand in one block of memory that never moves, so that inner loops read them through plain pointers, lent for
/// as long as the program lives.
///
/// Unchecked: nothing is written after `init`.
final class CSSProgram: @unchecked Sendable {
    /// Compounds in a row; matching goes one deeper for each, and a thread's stack is small.
    static let maximumCompounds = 64

    let selectors: UnsafeBufferPointer<Selector>
    let compounds: UnsafeBufferPointer<Compound>
    let tests: UnsafeBufferPointer<Test>
    let keys: UnsafeBufferPointer<IndexKey>
    let languages: UnsafeBufferPointer<ByteSpan>
    let literals: UnsafeBufferPointer<UInt8>
    let names: NameList
    private let block: FrozenBlock

    init(_ draft: borrowing CSSDraft) {
        var block = FrozenBlock(
            byteCount: FrozenBlock.size(draft.selectors) + FrozenBlock.size(draft.compounds)
                + FrozenBlock.size(draft.tests) + FrozenBlock.size(draft.keys) + FrozenBlock.size(draft.languages)
                + FrozenBlock.size(draft.literals))
        selectors = block.add(draft.selectors)
        compounds = block.add(draft.compounds)
        tests = block.add(draft.tests)
        keys = block.add(draft.keys)
        languages = block.add(draft.languages)
        literals = block.add(draft.literals)
        names = draft.names
        self.block = block
    }

    deinit { block.deallocate() }

    /// Whether there are more compounds in a row than are matched.
    var isTooLong: Bool { selectors.contains { $0.compoundCount > Self.maximumCompounds } }
}

// MARK: Parts

extension CSSProgram {
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

        var range: Range<Int> { Int(first)..<Int(first + count) }
    }

    /// Tests on one element, and how it stands to the compound that is next to the left.
    struct Compound {
        var name: NameReference
        var firstTest: Int32
        var testCount: Int32
        var combinator: Combinator
        var firstKey: Int32 = 0
        var keyCount: Int32 = 0

        var testRange: Range<Int> { Int(firstTest)..<Int(firstTest + testCount) }

        /// Whether every element passes.
        var isUniversal: Bool { name.isAny && testCount == 0 }
    }

    /// A complex selector from right to left.
    struct Selector {
        var firstCompound: Int32
        var compoundCount: Int32
        /// The leftmost compound must be the starting node.
        var isScoped: Bool
        /// Part of the list itself, not of a `:has()`.
        var isListed: Bool
        /// The rightmost compound is `*` before a pseudo-element, where the element before counts as well.
        var takesSelf: Bool
        var pseudoElement: PseudoElement
        /// In `:has()`: how the leftmost compound stands to the element that is tested.
        var anchor: Combinator
    }

    /// How an element stands to the one before it.
    enum Combinator: Hashable {
        case descendant, child, nextSibling, laterSibling
    }

    /// What is taken of the elements found, as parsel extends CSS.
    enum PseudoElement: Hashable {
        case none, text
        case attribute(NameReference)
    }
}

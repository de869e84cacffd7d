/// An XPath 1.0 expression compiled for ``FlatTree``: operations that name each other by number.
final class XPathProgram: Sendable {
    /// What an operation gives; known before any page is seen, as there are no variables.
    enum ValueType: UInt8 { case nodes, string, number, bool }

    enum Kind: UInt8 {
        case literal, number
        case or, and, equal, notEqual, less, lessEqual, greater, greaterEqual
        case add, subtract, multiply, divide, modulo, negate
        case union, path, filter
        case last, position, count, sum
        case name, localName, namespaceURI
        case string, concat, startsWith, contains, substringBefore, substringAfter, substring, stringLength
        case normalizeSpace, translate
        case boolean, not, `true`, `false`, hasClass
        case toNumber, floor, ceiling, round
    }

    struct Operation {
        var kind: Kind
        var type: ValueType
        /// Whether `position()` or `last()` of the context is asked for.
        var usesPosition = false
        var usesLast = false
        /// How many operations are inside each other here.
        var depth: Int32 = 1
        /// The first operand. Of a path what it starts from: an operation, `context` or `root`.
        var first: Int32 = 0
        /// The second operand; the first step of a path, predicate of a filter, argument of a function.
        var second: Int32 = 0
        /// The number of steps, predicates or arguments.
        var count: Int32 = 0
        var literal = ByteSpan(start: 0, count: 0)
        var number = 0.0
    }

    /// Where a path starts that starts at no operation.
    static let context: Int32 = -1
    static let root: Int32 = -2

    enum Axis: UInt8 {
        case child, descendant, descendantOrSelf, attribute, selfNode, parent, ancestor, ancestorOrSelf
        case followingSibling, precedingSibling, following, preceding
    }

    enum NodeTest: UInt8 { case name, any, node, text, comment, instruction, namedInstruction }

    struct Step {
        var axis: Axis
        var test: NodeTest
        var name = NameReference.any
        var firstPredicate: Int32 = 0
        var predicateCount: Int32 = 0
        /// Whether a predicate looks at places, so that each starting node has to be treated for itself.
        var isPositional = false
        /// Whether a predicate has to know how many nodes there are.
        var usesLast = false
        var firstKey: Int32 = 0
        var keyCount: Int32 = 0
    }

    struct Predicate {
        enum Kind: UInt8 {
            /// A place given as a number in the expression.
            case place
            /// A place among the siblings of the same name.
            case siblingPlace
            /// A number to compare the place with.
            case number
            case bool
        }

        var kind: Kind
        var operation: Int32
        var place: Int32 = 0
    }

    let operations: FrozenArray<Operation>
    let steps: FrozenArray<Step>
    let predicates: FrozenArray<Predicate>
    let arguments: FrozenArray<Int32>
    let keys: FrozenArray<IndexKey>
    let literals: FrozenArray<UInt8>
    let names: NameList
    /// The operation that is the expression.
    let result: Int
    /// The expression, where it is that simple.
    let direct: DirectPath?

    init(_ draft: XPathDraft, result: Int32) {
        operations = FrozenArray(draft.operations)
        steps = FrozenArray(draft.steps)
        predicates = FrozenArray(draft.predicates)
        arguments = FrozenArray(draft.arguments)
        keys = FrozenArray(draft.keys)
        literals = FrozenArray(draft.literals.bytes)
        names = draft.names
        self.result = Int(result)
        direct = DirectPath(draft, result: result)
    }
}

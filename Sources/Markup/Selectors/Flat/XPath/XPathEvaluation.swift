/// Answers a compiled XPath expression from a node.
///
/// Node sets are lists of numbers in document order; a step is taken for a whole list at once, so that a node found twice
/// is looked at once.
final class XPathEvaluation {
    typealias Operation = XPathProgram.Operation

    /// For which node an operation is evaluated, and where that stands among how many.
    struct Context {
        let node: Int32
        var position = 0
        var size = 0
    }

    let tree: TreeView
    let index: PageIndex
    let nameTable: NameTable
    let operations: UnsafeBufferPointer<Operation>
    let steps: UnsafeBufferPointer<XPathProgram.Step>
    let predicates: UnsafeBufferPointer<XPathProgram.Predicate>
    let arguments: UnsafeBufferPointer<Int32>
    let keys: UnsafeBufferPointer<IndexKey>
    let literals: Literals
    let names: BoundNames
    var budget: StepBudget
    var textSearch = TextSearch()
    /// Lists that are not in use, kept for their memory.
    private var spare: [[Int32]] = []
    /// How many nodes reached each predicate of the steps that are being taken.
    var reached: [Int32] = []
    /// Nodes met in the walk at hand carry its number.
    var marks: [Int32] = []
    var walkNumber: Int32 = 0

    private init(_ program: XPathProgram, tree: TreeView, of flat: FlatTree, index: PageIndex, steps: Int) {
        self.tree = tree
        self.index = index
        nameTable = flat.names
        operations = program.operations.buffer
        self.steps = program.steps.buffer
        predicates = program.predicates.buffer
        arguments = program.arguments.buffer
        keys = program.keys.buffer
        literals = Literals(program.literals.buffer)
        names = program.names.bind(to: flat.names)
        budget = StepBudget(steps: steps)
    }

    static func run(
        _ program: XPathProgram, from start: NodeID, on tree: FlatTree, index: PageIndex, steps: Int
    ) throws(OutOfSteps) -> XPathFallback.Value {
        try tree.withView { (view) throws(OutOfSteps) in
            defer { withExtendedLifetime(program) {} }
            let evaluation = XPathEvaluation(program, tree: view, of: tree, index: index, steps: steps)
            return try evaluation.value(Int32(program.result), Context(node: start.raw))
        }
    }

    private func value(_ number: Int32, _ context: Context) throws(OutOfSteps) -> XPathFallback.Value {
        switch operations[Int(number)].type {
        case .nodes:
            // The document is no node of ours.
            return .nodes(try nodes(number, context).filter { $0 != 0 }.map(NodeID.init(raw:)))
        case .string: return .string(String(decoding: try text(number, context).bytes, as: UTF8.self))
        case .number: return .number(try self.number(number, context))
        case .bool: return .bool(try bool(number, context))
        }
    }

    // MARK: Lists

    func takeList() -> [Int32] { spare.popLast() ?? [] }

    func giveBack(_ list: consuming [Int32]) {
        guard spare.count < 16, list.capacity < 1 << 16 else { return }
        list.removeAll(keepingCapacity: true)
        spare.append(list)
    }

    func argument(_ index: Int, of operation: Operation) -> Int32 { arguments[Int(operation.second) + index] }
}

/// Why an expression has no compiled form, so that libxml2 must answer it.
struct UnsupportedXPath: Error {
    let reason: String
}

/// The arrays of an ``XPathProgram`` while they grow.
struct XPathDraft {
    /// Operations inside each other; more could exhaust a thread's stack.
    private static let maximumDepth = 100

    private(set) var operations: [XPathProgram.Operation] = []
    var steps: [XPathProgram.Step] = []
    private(set) var predicates: [XPathProgram.Predicate] = []
    var arguments: [Int32] = []
    var keys: [IndexKey] = []
    var literals = LiteralPool()
    var names = NameList()

    func type(_ operation: Int32) -> XPathProgram.ValueType { operations[Int(operation)].type }

    // MARK: Operations

    /// Adds an operation that has the operations `on` inside it and is evaluated for the same node as they are.
    mutating func add(
        _ operation: XPathProgram.Operation, on operands: [Int32]
    ) throws(UnsupportedXPath) -> Int32 {
        var operation = operation
        for operand in operands {
            let inside = operations[Int(operand)]
            operation.depth = max(operation.depth, inside.depth + 1)
            operation.usesPosition = operation.usesPosition || inside.usesPosition
            operation.usesLast = operation.usesLast || inside.usesLast
        }
        guard operation.depth <= Self.maximumDepth else {
            throw UnsupportedXPath(reason: "more than \(Self.maximumDepth) operations inside each other")
        }
        operations.append(operation)
        return Int32(operations.count - 1)
    }

    mutating func binary(
        _ kind: XPathProgram.Kind, _ type: XPathProgram.ValueType, _ left: Int32, _ right: Int32
    ) throws(UnsupportedXPath) -> Int32 {
        try add(.init(kind: kind, type: type, first: left, second: right), on: [left, right])
    }

    mutating func function(
        _ kind: XPathProgram.Kind, _ type: XPathProgram.ValueType, _ operands: [Int32]
    ) throws(UnsupportedXPath) -> Int32 {
        let first = Int32(arguments.count)
        arguments.append(contentsOf: operands)
        return try add(
            .init(
                kind: kind, type: type, usesPosition: kind == .position, usesLast: kind == .last,
                first: operands.first ?? 0, second: first, count: Int32(operands.count)), on: operands)
    }

    mutating func filter(_ base: Int32, by conditions: [Int32]) throws(UnsupportedXPath) -> Int32 {
        let (first, depth) = add(conditions)
        return try add(
            .init(
                kind: .filter, type: .nodes, depth: depth, first: base, second: first, count: Int32(conditions.count)),
            on: [base])
    }

    /// Adds a path of steps; `base` is an operation, the context or the root.
    mutating func path(
        from base: Int32, _ parts: [(step: XPathProgram.Step, conditions: [Int32])]
    ) throws(UnsupportedXPath) -> Int32 {
        var made: [XPathProgram.Step] = []
        var depth: Int32 = 1
        for (step, conditions) in parts {
            var step = step
            let (first, inside) = add(conditions)
            depth = max(depth, inside)
            (step.firstPredicate, step.predicateCount) = (first, Int32(conditions.count))
            step.usesLast = conditions.contains { operations[Int($0)].usesLast }
            step.isPositional = conditions.contains { isPositional($0) }
            if let axis = joined(made.last, step, conditions) {
                made.removeLast()
                step.axis = axis
                if step.isPositional {
                    predicates[Int(first)].kind = .siblingPlace
                    step.isPositional = false
                }
            }
            addKeys(to: &step, conditions)
            made.append(step)
        }
        let first = Int32(steps.count)
        steps.append(contentsOf: made)
        return try add(
            .init(
                kind: .path, type: .nodes, depth: depth, first: base, second: first, count: Int32(made.count)),
            on: base >= 0 ? [base] : [])
    }

    /// `//a` is two steps, of which the first finds every node; where no place is asked for, one step does.
    ///
    /// A place as in `//a[2]` may be the first condition; it is one among siblings then.
    private func joined(
        _ before: XPathProgram.Step?, _ step: XPathProgram.Step, _ conditions: [Int32]
    ) -> XPathProgram.Axis? {
        guard let before, before.axis == .descendantOrSelf, before.test == .node, before.predicateCount == 0
        else { return nil }
        if step.isPositional {
            let hasOnlyPlace =
                conditions.first.map { operations[Int($0)].kind == .number } ?? false
                && !conditions.dropFirst().contains { isPositional($0) }
            return hasOnlyPlace && step.axis == .child && step.test == .name ? .descendant : nil
        }
        switch step.axis {
        case .child, .descendant: return .descendant
        case .selfNode, .descendantOrSelf: return .descendantOrSelf
        default: return nil
        }
    }

    // MARK: Predicates

    private func isPositional(_ condition: Int32) -> Bool {
        let operation = operations[Int(condition)]
        return operation.type == .number || operation.usesPosition || operation.usesLast
    }

    private mutating func add(_ conditions: [Int32]) -> (first: Int32, depth: Int32) {
        let first = Int32(predicates.count)
        var depth: Int32 = 1
        for condition in conditions {
            let operation = operations[Int(condition)]
            depth = max(depth, operation.depth + 1)
            if operation.kind == .number {
                let place = Int32(exactly: operation.number) ?? -1
                predicates.append(.init(kind: .place, operation: condition, place: max(-1, place)))
            } else {
                predicates.append(.init(kind: operation.type == .number ? .number : .bool, operation: condition))
            }
        }
        return (first, depth)
    }
}

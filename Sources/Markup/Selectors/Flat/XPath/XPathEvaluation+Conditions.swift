// What is true or false.
extension XPathEvaluation {
    func bool(_ number: Int32, _ context: Context) throws(OutOfSteps) -> Bool {
        let operation = operations[Int(number)]
        switch operation.kind {
        case .or:
            if try bool(operation.first, context) { return true }
            return try bool(operation.second, context)
        case .and:
            guard try bool(operation.first, context) else { return false }
            return try bool(operation.second, context)
        case .equal: return try isEqual(operation.first, operation.second, context, negated: false)
        case .notEqual: return try isEqual(operation.first, operation.second, context, negated: true)
        case .less, .lessEqual, .greater, .greaterEqual: return try isOrdered(operation, context)
        case .not: return try !bool(operation.first, context)
        case .boolean: return try bool(operation.first, context)
        case .true: return true
        case .false: return false
        case .contains: return try contains(operation, context)
        case .startsWith:
            let text = try text(argument(0, of: operation), context)
            return try text.with(self.text(argument(1, of: operation), context), ByteMatching.hasPrefix)
        case .hasClass: return try hasClass(operation, context)
        default: break
        }
        switch operation.type {
        case .nodes: return try exists(operation, number, context)
        case .string: return try text(number, context).count > 0
        case .number:
            let value = try self.number(number, context)
            return value != 0 && !value.isNaN
        case .bool: return false
        }
    }

    /// Whether an operation gives any node.
    private func exists(_ operation: Operation, _ number: Int32, _ context: Context) throws(OutOfSteps) -> Bool {
        if operation.kind == .union {
            if try bool(operation.first, context) { return true }
            return try bool(operation.second, context)
        }
        guard operation.kind == .path, operation.count > 0,
            !steps[Int(operation.second + operation.count) - 1].isPositional
        else {
            let found = try nodes(number, context)
            defer { giveBack(found) }
            return !found.isEmpty
        }
        let step = steps[Int(operation.second + operation.count) - 1]
        if operation.count == 1, operation.first == XPathProgram.context {
            return try exists(step, from: context.node)
        }
        let current = try path(operation, steps: Int(operation.count) - 1, context)
        defer { giveBack(current) }
        for node in current where try exists(step, from: node) { return true }
        return false
    }

    private func exists(_ step: XPathProgram.Step, from node: Int32) throws(OutOfSteps) -> Bool {
        let name = names.number(step.name)
        if let candidates = candidates(step, from: node) {
            try budget.charge(1)
            for candidate in candidates where passes(candidate, step, name: name) {
                if try passesPredicates(candidate, step) { return true }
            }
            return false
        }
        var isFound = false
        try walk(step.axis, from: node) { (found) throws(OutOfSteps) in
            try budget.charge(1)
            if passes(found, step, name: name) { isFound = try passesPredicates(found, step) }
            return !isFound
        }
        return isFound
    }

    private func passesPredicates(_ node: Int32, _ step: XPathProgram.Step) throws(OutOfSteps) -> Bool {
        for predicate in Int(step.firstPredicate)..<Int(step.firstPredicate + step.predicateCount) {
            guard try passes(predicates[predicate], Context(node: node)) else { return false }
        }
        return true
    }

    // MARK: Functions

    private func contains(_ operation: Operation, _ context: Context) throws(OutOfSteps) -> Bool {
        let (hay, needle) = (argument(0, of: operation), argument(1, of: operation))
        // Elements inside each other share their text, which is then searched once.
        if operations[Int(needle)].kind == .literal, isContextNode(hay), context.node >= 0,
            tree.nodes[Int(context.node)].kind == .element
        {
            let wanted = literals.buffer(operations[Int(needle)].literal)
            return try textSearch.contains(wanted, inside: Int(context.node), of: tree, budget: &budget)
        }
        if operations[Int(needle)].kind == .literal, let attribute = try onlyAttribute(hay, context) {
            let wanted = literals.buffer(operations[Int(needle)].literal)
            guard attribute >= 0 else { return wanted.isEmpty }
            let value = tree.buffer(tree.attributes[attribute].value)
            try budget.charge(bytes: value.count)
            return ByteMatching.firstIndex(of: wanted, in: value) >= 0
        }
        let text = try text(hay, context)
        try budget.charge(bytes: text.count)
        return try text.with(self.text(needle, context)) { ByteMatching.firstIndex(of: $1, in: $0) >= 0 }
    }

    /// Whether an operation is `.`, or `string()`.
    private func isContextNode(_ number: Int32) -> Bool {
        let operation = operations[Int(number)]
        if operation.kind == .string { return operation.count == 0 }
        return operation.kind == .path && operation.first == XPathProgram.context && operation.count == 0
    }

    private static let className = NameTable.html.find("class") ?? NameTable.none

    private func hasClass(_ operation: Operation, _ context: Context) throws(OutOfSteps) -> Bool {
        var hasAll = context.node >= 0
        if hasAll { try budget.charge(tree.attributeCount(Int(context.node)) >> 4) }
        let value = hasAll ? tree.value(Self.className, of: Int(context.node)) : nil
        for index in 0..<Int(operation.count) where hasAll {
            guard let value else { return false }
            let word = try text(argument(index, of: operation), context)
            try budget.charge(bytes: value.count)
            hasAll = word.withBytes { ByteMatching.hasClass(value, $0) }
        }
        return hasAll
    }
}

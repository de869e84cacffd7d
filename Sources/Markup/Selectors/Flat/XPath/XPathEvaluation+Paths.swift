// Paths, unions and filters: what gives nodes.
extension XPathEvaluation {
    /// The nodes an operation gives, in document order, each once.
    func nodes(_ number: Int32, _ context: Context) throws(OutOfSteps) -> [Int32] {
        let operation = operations[Int(number)]
        switch operation.kind {
        case .path: return try path(operation, steps: Int(operation.count), context)
        case .union:
            var found = try nodes(operation.first, context)
            let others = try nodes(operation.second, context)
            try budget.charge(found.count + others.count)
            found.append(contentsOf: others)
            giveBack(others)
            NodeOrder.normalize(&found, in: tree)
            return found
        case .filter:
            var found = try nodes(operation.first, context)
            for predicate in Int(operation.second)..<Int(operation.second + operation.count) {
                try filter(&found, predicates[predicate])
            }
            return found
        default: return []
        }
    }

    /// Takes the first so many steps of a path.
    func path(_ operation: Operation, steps count: Int, _ context: Context) throws(OutOfSteps) -> [Int32] {
        var current: [Int32]
        switch operation.first {
        case XPathProgram.context:
            current = takeList()
            current.append(context.node)
        case XPathProgram.root:
            current = takeList()
            current.append(0)
        default: current = try nodes(operation.first, context)
        }
        for number in Int(operation.second)..<Int(operation.second) + count {
            var next = takeList()
            try take(steps[number], from: current, into: &next)
            giveBack(current)
            current = next
            if current.isEmpty { break }
        }
        return current
    }

    private func take(
        _ step: XPathProgram.Step, from current: [Int32], into next: inout [Int32]
    ) throws(OutOfSteps) {
        if step.isPositional {
            for node in current { try takePositional(step, from: node, into: &next) }
            NodeOrder.normalize(&next, in: tree)
            return
        }
        if current.count == 1 {
            try collect(step, from: current[0], into: &next)
        } else {
            try collect(step, fromAll: current, into: &next)
        }
        guard step.predicateCount > 0 else { return }
        for predicate in Int(step.firstPredicate)..<Int(step.firstPredicate + step.predicateCount) {
            try filter(&next, predicates[predicate])
        }
    }

    // MARK: Predicates

    private func isSibling(_ element: Int, at place: Int) throws(OutOfSteps) -> Bool {
        try budget.charge(2)
        return index.isAt(place, element, fromEnd: false, sameName: true, in: tree)
            ?? (index.positions.position(of: element, fromEnd: false, sameName: true) == place)
    }

    func passes(_ predicate: XPathProgram.Predicate, _ context: Context) throws(OutOfSteps) -> Bool {
        switch predicate.kind {
        case .place: context.position == Int(predicate.place)
        case .siblingPlace: try isSibling(Int(context.node), at: Int(predicate.place))
        case .number: try number(predicate.operation, context) == Double(context.position)
        case .bool: try bool(predicate.operation, context)
        }
    }

    /// Keeps the nodes that pass; their places are those in the list.
    func filter(_ list: inout [Int32], _ predicate: XPathProgram.Predicate) throws(OutOfSteps) {
        if predicate.kind == .place {
            let place = Int(predicate.place)
            let kept = place >= 1 && place <= list.count ? list[place - 1] : nil
            list.removeAll(keepingCapacity: true)
            if let kept { list.append(kept) }
            return
        }
        let size = list.count
        var kept = 0
        for position in 0..<size {
            let node = list[position]
            guard try passes(predicate, Context(node: node, position: position + 1, size: size)) else { continue }
            list[kept] = node
            kept += 1
        }
        list.removeLast(size - kept)
    }
}

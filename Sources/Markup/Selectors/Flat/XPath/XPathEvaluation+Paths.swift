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

    // MARK: Steps without places

    private func collect(
        _ step: XPathProgram.Step, from node: Int32, into next: inout [Int32]
    ) throws(OutOfSteps) {
        let name = names.number(step.name)
        if let candidates = candidates(step, from: node) {
            try budget.charge(1 + candidates.count)
            if step.test == .any || step.keyCount == 1 {
                next.append(contentsOf: candidates)
            } else {
                for candidate in candidates where passes(candidate, step, name: name) { next.append(candidate) }
            }
            return
        }
        try walk(step.axis, from: node) { (found) throws(OutOfSteps) in
            try budget.charge(1)
            if passes(found, step, name: name) { next.append(found) }
            return true
        }
        if step.axis.isReverse { next.reverse() }
    }

    /// The elements an index knows for a step inwards; nil where there is no such index.
    func candidates(_ step: XPathProgram.Step, from node: Int32) -> ArraySlice<Int32>? {
        guard step.keyCount > 0, node >= 0 else { return nil }
        let start = Int(node) + (step.axis == .descendant ? 1 : 0)
        return index.candidates(
            keys, from: step.firstKey, count: step.keyCount, literals: literals, names: names,
            in: start..<max(start, tree.end(Int(node))))
    }

    private func collect(
        _ step: XPathProgram.Step, fromAll current: [Int32], into next: inout [Int32]
    ) throws(OutOfSteps) {
        switch step.axis {
        case .descendant, .descendantOrSelf:
            var end: Int32 = 0
            for node in current {
                // What is inside a node that was searched has been found.
                if node >= 0, node < end { continue }
                try collect(step, from: node, into: &next)
                if node >= 0 { end = tree.nodes[Int(node)].end }
            }
        case .following:
            // What follows the first to end follows any.
            let first = current.min { endKey($0) < endKey($1) }
            if let first { try collect(step, from: first, into: &next) }
        case .preceding:
            if let last = current.last { try collect(step, from: last, into: &next) }
        case .ancestor, .ancestorOrSelf, .followingSibling, .precedingSibling:
            try collectUntilMet(step, from: current, into: &next)
        case .child, .attribute, .selfNode, .parent:
            for node in current { try collect(step, from: node, into: &next) }
        }
        NodeOrder.normalize(&next, in: tree)
    }

    private func endKey(_ node: Int32) -> Int32 {
        tree.nodes[Int(node < 0 ? tree.attributes[Int(~node)].owner : node)].end
    }

    /// Walks from each node until a node that an earlier walk has met, as all behind has been met as well.
    private func collectUntilMet(
        _ step: XPathProgram.Step, from current: [Int32], into next: inout [Int32]
    ) throws(OutOfSteps) {
        if marks.isEmpty { marks = Array(repeating: 0, count: tree.nodeCount) }
        walkNumber += 1
        let (name, number) = (names.number(step.name), walkNumber)
        for node in current {
            try walk(step.axis, from: node) { (found) throws(OutOfSteps) in
                try budget.charge(1)
                if found >= 0 {
                    if marks[Int(found)] == number { return false }
                    marks[Int(found)] = number
                }
                if passes(found, step, name: name) { next.append(found) }
                return true
            }
        }
    }

    // MARK: Steps with places

    private func takePositional(
        _ step: XPathProgram.Step, from node: Int32, into next: inout [Int32]
    ) throws(OutOfSteps) {
        let name = names.number(step.name)
        if step.usesLast {
            var list = takeList()
            try walk(step.axis, from: node) { (found) throws(OutOfSteps) in
                try budget.charge(1)
                if passes(found, step, name: name) { list.append(found) }
                return true
            }
            for predicate in Int(step.firstPredicate)..<Int(step.firstPredicate + step.predicateCount) {
                try filter(&list, predicates[predicate])
            }
            next.append(contentsOf: list)
            giveBack(list)
            return
        }
        let base = reached.count
        for _ in 0..<Int(step.predicateCount) { reached.append(0) }
        defer { reached.removeLast(Int(step.predicateCount)) }
        try walk(step.axis, from: node) { (found) throws(OutOfSteps) in
            try budget.charge(1)
            guard passes(found, step, name: name) else { return true }
            var isLast = false
            if try passesAll(found, step, counters: base, isLast: &isLast) { next.append(found) }
            return !isLast
        }
    }

    /// Whether a node passes the predicates of a step, each of which counts the nodes that reach it.
    ///
    /// - Parameter isLast: Set when no later node can pass.
    private func passesAll(
        _ node: Int32, _ step: XPathProgram.Step, counters: Int, isLast: inout Bool
    ) throws(OutOfSteps) -> Bool {
        for number in 0..<Int(step.predicateCount) {
            reached[counters + number] += 1
            let position = Int(reached[counters + number])
            let predicate = predicates[Int(step.firstPredicate) + number]
            if predicate.kind == .place, position >= Int(predicate.place) { isLast = true }
            guard try passes(predicate, Context(node: node, position: position)) else { return false }
        }
        return true
    }

    // MARK: Predicates

    private func isSibling(_ element: Int, at place: Int) throws(OutOfSteps) -> Bool {
        try budget.charge(2)
        return index.isAt(place, element, fromEnd: false, sameName: true, in: tree)
            ?? (index.positions.position(of: element, from: .start, among: .sameName) == place)
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
    private func filter(_ list: inout [Int32], _ predicate: XPathProgram.Predicate) throws(OutOfSteps) {
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

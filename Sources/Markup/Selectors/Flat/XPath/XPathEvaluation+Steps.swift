// Single steps of a path.
extension XPathEvaluation {
    // MARK: Steps without places

    func collect(
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

    func collect(
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

    func takePositional(
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
}

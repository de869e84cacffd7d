// Comparisons, by the rules of XPath 1.0, section 3.4.
extension XPathEvaluation {
    func isEqual(
        _ left: Int32, _ right: Int32, _ context: Context, negated: Bool
    ) throws(OutOfSteps) -> Bool {
        let (leftType, rightType) = (operations[Int(left)].type, operations[Int(right)].type)
        if leftType == .nodes, rightType == .nodes { return try areEqualNodes(left, right, context, negated: negated) }
        if leftType == .nodes { return try isEqualNodes(left, to: right, rightType, context, negated: negated) }
        if rightType == .nodes { return try isEqualNodes(right, to: left, leftType, context, negated: negated) }
        let isEqual: Bool
        if leftType == .bool || rightType == .bool {
            isEqual = try bool(left, context) == bool(right, context)
        } else if leftType == .number || rightType == .number {
            isEqual = try number(left, context) == number(right, context)
        } else {
            isEqual = try text(left, context).with(text(right, context), ByteMatching.isEqual)
        }
        return isEqual != negated
    }

    private func isEqualNodes(
        _ set: Int32, to other: Int32, _ type: XPathProgram.ValueType, _ context: Context, negated: Bool
    ) throws(OutOfSteps) -> Bool {
        if type == .bool { return try (bool(set, context) == bool(other, context)) != negated }
        if type == .string {
            let wanted = try text(other, context)
            if let attribute = try onlyAttribute(set, context) {
                guard attribute >= 0 else { return false }
                let value = tree.buffer(tree.attributes[attribute].value)
                try budget.charge(1)
                return wanted.withBytes { ByteMatching.isEqual(value, $0) } != negated
            }
            let found = try nodes(set, context)
            defer { giveBack(found) }
            for node in found {
                let value = try stringValue(node)
                if value.with(wanted, ByteMatching.isEqual) != negated { return true }
            }
            return false
        }
        let wanted = try number(other, context)
        let found = try nodes(set, context)
        defer { giveBack(found) }
        for node in found where try (numberValue(node) == wanted) != negated { return true }
        return false
    }

    private func areEqualNodes(
        _ left: Int32, _ right: Int32, _ context: Context, negated: Bool
    ) throws(OutOfSteps) -> Bool {
        let (leftNodes, rightNodes) = (try nodes(left, context), try nodes(right, context))
        defer {
            giveBack(leftNodes)
            giveBack(rightNodes)
        }
        guard !leftNodes.isEmpty, !rightNodes.isEmpty else { return false }
        var known: Set<[UInt8]> = []
        for node in leftNodes { known.insert(try stringValue(node).bytes) }
        if negated, known.count > 1 { return true }
        for node in rightNodes where try known.contains(stringValue(node).bytes) != negated { return true }
        return false
    }

    /// For a path that is only `@name` the attribute's number, or -1 where there is none; nil for other operations.
    func onlyAttribute(_ number: Int32, _ context: Context) throws(OutOfSteps) -> Int? {
        let operation = operations[Int(number)]
        guard operation.kind == .path, operation.first == XPathProgram.context, operation.count == 1 else { return nil }
        let step = steps[Int(operation.second)]
        guard step.axis == .attribute, step.test == .name, step.predicateCount == 0 else { return nil }
        guard context.node >= 0 else { return -1 }
        try budget.charge(tree.attributeCount(Int(context.node)) >> 4)
        return tree.attribute(names.number(step.name), of: Int(context.node))
    }

    // MARK: Order

    func isOrdered(_ operation: Operation, _ context: Context) throws(OutOfSteps) -> Bool {
        let (left, right) = (operation.first, operation.second)
        let (leftType, rightType) = (operations[Int(left)].type, operations[Int(right)].type)
        // A truth value makes one of the nodes beside it.
        let leftValues = try values(left, asBool: rightType == .bool && leftType == .nodes, context)
        let rightValues = try values(right, asBool: leftType == .bool && rightType == .nodes, context)
        guard let (leftLow, leftHigh) = leftValues, let (rightLow, rightHigh) = rightValues else { return false }
        switch operation.kind {
        case .less: return leftLow < rightHigh
        case .lessEqual: return leftLow <= rightHigh
        case .greater: return leftHigh > rightLow
        default: return leftHigh >= rightLow
        }
    }

    /// The least and the greatest number that an operation gives; nil where it gives none.
    private func values(
        _ number: Int32, asBool: Bool, _ context: Context
    ) throws(OutOfSteps) -> (Double, Double)? {
        guard operations[Int(number)].type == .nodes, !asBool else {
            let value = asBool ? try bool(number, context) ? 1 : 0 : try self.number(number, context)
            return (value, value)
        }
        let found = try nodes(number, context)
        defer { giveBack(found) }
        var range: (Double, Double)?
        for node in found {
            let value = try numberValue(node)
            guard !value.isNaN else { continue }
            range = range.map { (min($0.0, value), max($0.1, value)) } ?? (value, value)
        }
        return range
    }

    func numberValue(_ node: Int32) throws(OutOfSteps) -> Double {
        try stringValue(node).withBytes(XPathNumber.value)
    }
}

import Glibc

// What gives numbers.
extension XPathEvaluation {
    func number(_ number: Int32, _ context: Context) throws(OutOfSteps) -> Double {
        let operation = operations[Int(number)]
        switch operation.kind {
        case .number: return operation.number
        case .add: return try self.number(operation.first, context) + self.number(operation.second, context)
        case .subtract: return try self.number(operation.first, context) - self.number(operation.second, context)
        case .multiply: return try self.number(operation.first, context) * self.number(operation.second, context)
        case .divide: return try self.number(operation.first, context) / self.number(operation.second, context)
        case .modulo: return try fmod(self.number(operation.first, context), self.number(operation.second, context))
        case .negate: return try -self.number(operation.first, context)
        case .position: return Double(context.position)
        case .last: return Double(context.size)
        case .count:
            let found = try nodes(operation.first, context)
            defer { giveBack(found) }
            return Double(found.count)
        case .sum:
            let found = try nodes(operation.first, context)
            defer { giveBack(found) }
            var sum = 0.0
            for node in found { sum += try numberValue(node) }
            return sum
        case .stringLength:
            let text = operation.count == 0 ? try stringValue(context.node) : try text(operation.first, context)
            try budget.charge(bytes: text.count)
            return Double(text.withBytes { bytes in bytes.count { $0 & 0xC0 != 0x80 } })
        case .toNumber:
            return operation.count == 0 ? try numberValue(context.node) : try self.number(operation.first, context)
        case .floor: return try self.number(operation.first, context).rounded(.down)
        case .ceiling: return try self.number(operation.first, context).rounded(.up)
        case .round: return try Self.rounded(self.number(operation.first, context))
        default: break
        }
        switch operation.type {
        case .bool: return try bool(number, context) ? 1 : 0
        case .string, .nodes: return try text(number, context).withBytes(XPathNumber.value)
        case .number: return .nan
        }
    }

    /// The nearest integer, halves towards positive infinity; negative zero for what is a little below zero.
    static func rounded(_ value: Double) -> Double {
        let down = value.rounded(.down)
        let nearest = value - down >= 0.5 ? down + 1 : down
        return nearest == 0 && value < 0 ? -0.0 : nearest
    }
}

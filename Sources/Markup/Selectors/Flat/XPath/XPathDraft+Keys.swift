// What elements must have that a step inwards finds.
extension XPathDraft {
    fileprivate static let idName = "id"

    mutating func addKeys(to step: inout XPathProgram.Step, _ conditions: [Int32]) {
        step.firstKey = Int32(keys.count)
        guard step.axis == .descendant || step.axis == .descendantOrSelf, step.test == .name || step.test == .any
        else { return }
        if step.test == .name { keys.append(.name(step.name)) }
        if step.isPositional {
            step.keyCount = Int32(keys.count) - step.firstKey
            return
        }
        for condition in conditions { addKeys(of: condition) }
        step.keyCount = Int32(keys.count) - step.firstKey
    }

    /// What an element that passes a condition must have.
    private mutating func addKeys(of condition: Int32) {
        let operation = operations[Int(condition)]
        switch operation.kind {
        case .and:
            addKeys(of: operation.first)
            addKeys(of: operation.second)
        case .path: if let name = attribute(condition) { keys.append(.attribute(name)) }
        case .equal:
            guard let name = attribute(operation.first), let literal = literal(operation.second) else { return }
            let isID = name == NameList.html(Self.idName)
            keys.append(isID ? .id(literal) : .attribute(name))
        case .contains, .startsWith:
            guard let name = attribute(operation.first), let literal = literal(arguments[Int(operation.second) + 1]),
                literal.count > 0
            else { return }
            keys.append(.attribute(name))
        case .hasClass:
            for argument in arguments[Int(operation.second)..<Int(operation.second + operation.count)] {
                guard let word = literal(argument), word.count > 0, !hasSpace(word) else { continue }
                keys.append(.hasClass(word))
            }
        default: break
        }
    }

    private func hasSpace(_ literal: ByteSpan) -> Bool {
        literals.bytes[Int(literal.start)..<Int(literal.start + literal.count)].contains(where: \.isASCIIWhitespace)
    }

    private func literal(_ operation: Int32) -> ByteSpan? {
        operations[Int(operation)].kind == .literal ? operations[Int(operation)].literal : nil
    }

    /// The name in a path that is only `@name`.
    private func attribute(_ operation: Int32) -> NameReference? {
        let path = operations[Int(operation)]
        guard path.kind == .path, path.first == XPathProgram.context, path.count == 1 else { return nil }
        let step = steps[Int(path.second)]
        guard step.axis == .attribute, step.test == .name, step.predicateCount == 0 else { return nil }
        return step.name
    }
}

extension NameList {
    /// The reference of a name that every page knows.
    static func html(_ name: String) -> NameReference {
        var list = NameList()
        return list.reference(name)
    }
}

// Single tests on an element.
extension CSSMatcher {
    private static let id = NameTable.html.find("id") ?? NameTable.none
    private static let className = NameTable.html.find("class") ?? NameTable.none
    private static let lang = NameTable.html.find("lang") ?? NameTable.none

    mutating func passes(_ element: Int, _ test: CSSProgram.Test) throws(OutOfSteps) -> Bool {
        switch test.kind {
        case .id:
            guard let value = tree.value(Self.id, of: element) else { return false }
            return ByteMatching.isEqual(value, program.literals.buffer(test.literal))
        case .hasClass:
            guard let value = tree.value(Self.className, of: element) else { return false }
            try budget.charge(bytes: value.count)
            return ByteMatching.hasClass(value, program.literals.buffer(test.literal))
        case .attribute, .equals, .differs, .includesWord, .dashPrefix, .prefix, .suffix, .substring:
            return try passesAttribute(element, test)
        case .never: return false
        case .root: return tree.parent(element) <= 0
        case .empty: return try isEmpty(element)
        case .link: return isLink(element)
        case .position: return isAt(element, test)
        case .only: return isOnly(element, sameName: test.sameName)
        case .checked: return isChecked(element)
        case .disabled: return try isDisabled(element)
        case .enabled:
            let isDisabled = try isDisabled(element)
            return canBeDisabled(element) && !isDisabled
        case .language: return try speaks(element, test)
        case .any: return try passesAny(element, of: test)
        case .none: return try !passesAny(element, of: test)
        case .contains:
            return try textSearch.contains(
                program.literals.buffer(test.literal), inside: element, of: tree, budget: &budget)
        case .has: return try has(element, program.selectors[Int(test.first)])
        }
    }

    private mutating func passesAttribute(_ element: Int, _ test: CSSProgram.Test) throws(OutOfSteps) -> Bool {
        guard let held = tree.value(program.names.number(test.name), of: element) else { return test.kind == .differs }
        let value = program.literals.buffer(test.literal)
        try budget.charge(bytes: held.count)
        let ignoresCase = test.ignoresCase
        switch test.kind {
        case .equals: return Self.isEqual(held, value, ignoresCase)
        case .differs: return !Self.isEqual(held, value, ignoresCase)
        case .includesWord: return ByteMatching.hasWord(held, value, ignoringCase: ignoresCase)
        case .dashPrefix:
            guard held.count > value.count else { return Self.isEqual(held, value, ignoresCase) }
            return held[value.count] == UInt8(ascii: "-") && Self.hasPrefix(held, value, ignoresCase)
        case .prefix: return Self.hasPrefix(held, value, ignoresCase)
        case .suffix:
            guard held.count >= value.count else { return false }
            return Self.isEqual(.init(rebasing: held.suffix(value.count)), value, ignoresCase)
        case .substring:
            return ignoresCase
                ? ByteMatching.containsIgnoringCase(held, value) : ByteMatching.firstIndex(of: value, in: held) >= 0
        default: return true
        }
    }

    private static func isEqual(_ held: ByteMatching.Bytes, _ value: ByteMatching.Bytes, _ ignoresCase: Bool) -> Bool {
        ignoresCase ? ByteMatching.isEqualIgnoringCase(held, value) : ByteMatching.isEqual(held, value)
    }

    private static func hasPrefix(
        _ held: ByteMatching.Bytes, _ value: ByteMatching.Bytes, _ ignoresCase: Bool
    ) -> Bool {
        ignoresCase ? ByteMatching.hasPrefixIgnoringCase(held, value) : ByteMatching.hasPrefix(held, value)
    }

    /// Neither an element inside nor a text that is not empty.
    private mutating func isEmpty(_ element: Int) throws(OutOfSteps) -> Bool {
        for node in element + 1..<max(element + 1, tree.end(element)) {
            try budget.charge(1)
            if tree.isElement(node) || tree.nodes[node].isText && tree.nodes[node].count > 0 { return false }
        }
        return true
    }

    /// Whether one of the languages is the one of the nearest `lang` at or around the element.
    private mutating func speaks(_ element: Int, _ test: CSSProgram.Test) throws(OutOfSteps) -> Bool {
        var node = element
        while node > 0 {
            try budget.charge(1)
            try chargeAttributes(of: node)
            if let held = tree.value(Self.lang, of: node) {
                return (Int(test.first)..<Int(test.first + test.count)).contains {
                    let wanted = program.literals.buffer(program.languages[$0])
                    guard held.count >= wanted.count else {
                        let language = ByteMatching.Bytes(rebasing: wanted.dropLast())
                        return ByteMatching.isEqualIgnoringCase(held, language)
                    }
                    return ByteMatching.hasPrefixIgnoringCase(held, wanted)
                }
            }
            node = tree.parent(node)
        }
        return false
    }

    // MARK: Positions

    private func isAt(_ element: Int, _ test: CSSProgram.Test) -> Bool {
        let (step, start) = (Int(test.first), Int(test.count))
        if step == 0, let isAt = index.isAt(start, element, fromEnd: test.fromEnd, sameName: test.sameName, in: tree) {
            return isAt
        }
        let position = index.positions.position(
            of: element, fromEnd: test.fromEnd, sameName: test.sameName)
        if step == 0 { return position == start }
        let distance = position - start
        return distance % step == 0 && distance / step >= 0
    }

    private func isOnly(_ element: Int, sameName: Bool) -> Bool {
        guard tree.parent(element) > 0 else { return false }
        return index.positions.position(of: element, fromEnd: false, sameName: sameName) == 1
            && index.positions.position(of: element, fromEnd: true, sameName: sameName) == 1
    }
}
